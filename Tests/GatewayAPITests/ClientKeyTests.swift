import Configuration
import Cryptography
import HTTPWire
import Testing

@testable import GatewayAPI

@Suite("Keys in a request")
struct ClientKeyTests {
    private static let conflicts: [[(String, String)]] = [
        [("authorization", "Bearer one"), ("authorization", "Bearer two")],
        [("authorization", "Bearer two"), ("authorization", "Bearer one")],
        [("authorization", "Basic b25l"), ("authorization", "Bearer one")],
        [("authorization", "Bearer one"), ("accept", "*/*"), ("authorization", "")],
        [("x-api-key", "one"), ("x-api-key", "two")],
        [("x-api-key", "one"), ("x-api-key", "one"), ("x-api-key", "two")],
        [("x-api-key", "one"), ("authorization", "Bearer two")],
        [("authorization", "Bearer one"), ("x-api-key", "two")],
        [("authorization", "Bearer one"), ("x-api-key", "")],
        // Of equal look, and other bytes.
        [("x-api-key", "caf\u{E9}"), ("x-api-key", "cafe\u{301}")],
    ]
    private static let harmless: [[(String, String)]] = [
        [("authorization", "Bearer one")], [("x-api-key", "one")],
        [("authorization", "Bearer one"), ("authorization", "Bearer one")],
        [("x-api-key", "one"), ("x-api-key", "one")],
        [("authorization", "Bearer one"), ("x-api-key", "one")],
        [("x-api-key", "one"), ("authorization", "Basic b25l")],
    ]

    private func fields(_ pairs: [(String, String)]) -> [HTTPField] {
        pairs.map { HTTPField($0.0, $0.1) }
    }

    private func isConflict(_ response: HTTPResponse) -> Bool {
        let text = String(decoding: response.body, as: UTF8.self)
        return response.status == 400 && text.contains("problem:conflicting-credentials")
            && !text.contains("one\"") && !text.contains("two\"")
    }

    private func cloud() throws -> SampleCloud {
        let clients = ["one", "two"].map {
            ClientConfiguration(id: $0, identity: .key(sha256: Digest.sha256.hash($0)))
        }
        return try SampleCloud(clients: clients)
    }

    @Test("Different ones are refused on every route, hot or not; the same one again is no harm")
    func several() async throws {
        let cloud = try cloud()
        for _ in 0..<3 { _ = await cloud.get("/v1/images", [HTTPField("x-api-key", "one")]) }
        for _ in 0..<3 { _ = try cloud.atOnce("/v1/images", ["X-API-Key: one"]) }
        #expect(cloud.again("/v1/images", ["X-API-Key: one"]) != nil)
        for pairs in Self.conflicts {
            let lines = pairs.map { "\($0.0): \($0.1)" }
            #expect(try cloud.atOnce("/v1/images", lines) == nil, "\(lines)")
            #expect(cloud.again("/v1/images", lines) == nil)
            for target in ["/v1/images", "/v1/images/gmi:us:1", "/v1/upstreams", "/openapi.json"] {
                #expect(isConflict(await cloud.get(target, fields(pairs))), "\(target) \(lines)")
            }
        }
        for pairs in Self.harmless {
            #expect(await cloud.get("/v1/images", fields(pairs)).status == 200, "\(pairs)")
        }
    }

    @Test("An empty key is none: it opens nothing, not even for who has the SHA-256 of nothing")
    func empty() async throws {
        let nobody = ClientConfiguration(id: "a", identity: .key(sha256: Digest.sha256.hash("")))
        let cloud = try SampleCloud(clients: [nobody])
        let gateway = try SampleGateway()
        for field in ["x-api-key", "authorization"] {
            for value in ["", " ", "\t", "Bearer", "Bearer ", "Bearer  \t "] {
                if field == "x-api-key", value.hasPrefix("B") { continue }
                let lines = ["\(field): \(value)"]
                #expect(try cloud.atOnce("/v1/images", lines) == nil, "\(lines)")
                let answer = await cloud.get("/v1/images", [HTTPField(field, value)])
                let text = String(decoding: answer.body, as: UTF8.self)
                #expect(answer.status == 401 && text.contains("known clients only"), "\(lines)")
                for key in ["", "one"] {
                    gateway.admin.replace(gateway.responder.service, key: Array(key.utf8))
                    let fields = [HTTPField(field, value)]
                    let request = HTTPRequest(target: "/metrics", fields: fields)
                    #expect(await gateway.admin.respond(to: request).status == 401, "\(lines)")
                }
            }
        }
    }

    @Test("So they are where everybody may ask, and on the admin port")
    func everywhere() async throws {
        let open = try SampleCloud()
        let gateway = try SampleGateway()
        for isKeyed in [false, true] {
            gateway.admin.replace(gateway.responder.service, key: isKeyed ? Array("one".utf8) : nil)
            for pairs in Self.conflicts {
                #expect(isConflict(await open.get("/v1/images", fields(pairs))), "\(pairs)")
                let request = HTTPRequest(target: "/metrics", fields: fields(pairs))
                #expect(isConflict(await gateway.admin.respond(to: request)), "\(pairs)")
            }
            for pairs in Self.harmless {
                let request = HTTPRequest(target: "/metrics", fields: fields(pairs))
                #expect(await gateway.admin.respond(to: request).status == 200, "\(pairs)")
            }
        }
    }
}
