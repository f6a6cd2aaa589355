import TestKit

/// Makes requests that nobody should send: seeds with bits flipped, bytes dropped, pieces of others put in.
struct RequestMutator {
    private var random: SplitMix
    private let seeds: [[UInt8]]

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
        seeds = WireCase.all.map(\.bytes) + Self.requests.map { Array($0.utf8) }
    }

    mutating func next() -> [UInt8] {
        var bytes = seeds[below(seeds.count)]
        for _ in 0...below(4) { mutate(&bytes) }
        return Array(bytes.prefix(4_096))
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return bytes += Self.words[0] }
        let place = below(bytes.count)
        let end = min(bytes.count, place + 1 + below(16))
        switch below(7) {
        case 0: bytes[place] ^= 1 << UInt8(below(8))
        case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
        case 2: bytes.removeSubrange(place..<end)
        case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 4: bytes.insert(contentsOf: Self.words[below(Self.words.count)], at: place)
        case 5: bytes.replaceSubrange(place..<end, with: Self.words[below(Self.words.count)])
        default:
            let other = seeds[below(seeds.count)]
            bytes.replaceSubrange(place..., with: other[(other.count * below(100) / 100)...])
        }
    }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    /// What this gateway's routes read.
    private static let requests = [
        "GET /v1/images?os_family=linux&sort=-created_at,name&limit=2&facets=provider HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/images?cursor=0HYbok8wfttlfe0ptvoNGqkg&limit=1 HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n",
        "GET /v1/images?q=%E5%85%AC+ubuntu&created_after=2024-01-01T00:00:00Z HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/images?fields=id,raw&latest_by=os_distribution&limit=3&explain=true HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/images/gmi:us-denver-1:8c822f9f HTTP/1.1\r\nHost: a\r\nIf-None-Match: W/\"a\", *\r\n\r\n",
        "HEAD /v1/images?limit=1 HTTP/1.1\r\nHost: a\r\nCache-Control: max-age=9, max-stale\r\n\r\n",
        "GET /v1/upstreams HTTP/1.1\r\nHost: a\r\nAccept: application/json;q=0.5, */*;q=0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nAccept: text/html\r\n\r\nGET /openapi.json HTTP/1.1\r\nHost: a\r\n\r\n",
        "OPTIONS /v1/images HTTP/1.1\r\nHost: a\r\nOrigin: https://a\r\nAccess-Control-Request-Method: GET\r\n\r\n",
        "GET /v1/images?limit=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer x\r\nX-API-Key: y\r\n\r\n",
        "POST /v1/images HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
        "GET /v1/images?limit=1&q=keyed HTTP/1.1\r\nHost: a\r\nX-API-Key: fuzzed-client-key\r\n\r\n",
        "GET /v1/images?limit=1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n\r\n",
        "GET /v1/upstreams HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer fuzzed-admin-key\r\n\r\n",
        "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: fuzzed-admin-key\r\n\r\n",
        "POST /v1/upstreams/cloud:purge HTTP/1.1\r\nHost: a\r\nX-API-Key: fuzzed-admin-key\r\n\r\n",
        "POST /v1/upstreams/cloud:reset HTTP/1.1\r\nHost: a\r\nX-API-Key: fuzzed-admin-key\r\nOrigin: http://a\r\n\r\n",
        "POST /v1/config:reload HTTP/1.1\r\nHost: a\r\nX-API-Key: fuzzed-admin-key\r\nSec-Fetch-Site: none\r\n\r\n",
        "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /v1/images?limit=1 HTTP/1.1\r\nHost: a\r\ntraceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\nX-Request-Id: r\r\n\r\n",
    ]

    /// Of the issuer and with the key that `deploy/fuzz` configures, and a signature that never fits.
    private static let token =
        "eyJhbGciOiJFZERTQSIsImtpZCI6Im9uZSJ9.eyJpc3MiOiJpc3N1ZXIiLCJhdWQiOiJnYXRld2F5IiwiZXhwIjo0MTAyNDQ0ODAwfQ."
        + String(repeating: "A", count: 86)

    private static let words: [[UInt8]] = [
        "GET / HTTP/1.1\r\n", "\r\n", "\n", "\r", "\r\n\r\n", "\0", " ", "\t", ":", ",", ";", "%",
        "%00",
        "%ff", "&", "=", "Host: a\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n",
        "Expect: 100-continue\r\n", "Connection: close\r\n", "Connection: keep-alive\r\n",
        "0\r\n\r\n",
        "ffffffffffffffff", "18446744073709551616", "-1", "HTTP/1.0", "HTTP/2.0", "http://", "*",
        "/..",
        "/v1/images", "?limit=1", "&limit=1", "cursor=", "sort=", "q=", "a,a", "公", "\u{FF}", "\"",
        "\\",
    ].map { Array($0.utf8) }
}
