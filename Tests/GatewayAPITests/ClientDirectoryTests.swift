import Configuration
import Cryptography
import Federation
import MonotonicTime
import Testing

@testable import GatewayAPI

@Suite("ClientDirectory")
struct ClientDirectoryTests {
    private let now = MonotonicClock.now

    private func client(_ id: String, key: String, limit: ClientRateLimit? = nil)
        -> ClientConfiguration
    {
        ClientConfiguration(
            id: id,
            identity: .key(sha256: Digest.sha256.hash(Array(key.utf8))),
            upstreams: id == "b" ? .only(["up"]) : .all,
            rateLimit: limit
        )
    }

    @Test("A key finds its client and scope; any other key finds nobody")
    func keys() {
        let directory = ClientDirectory(
            [client("a", key: "one"), client("b", key: "two")],
            now: now,
            keySets: SampleCloud.noKeySets
        )
        #expect(directory.client(key: Array("one".utf8))?.id == "a")
        #expect(directory.client(key: Array("two".utf8))?.scope == .only(["up"]))
        for key in ["", "on", "one ", "ONE", "three"] {
            #expect(directory.client(key: Array(key.utf8)) == nil)
        }
    }

    @Test("Of two clients with one key the first is meant")
    func doubled() {
        let directory = ClientDirectory(
            [client("a", key: "k"), client("b", key: "k")],
            now: now,
            keySets: SampleCloud.noKeySets
        )
        #expect(directory.client(key: Array("k".utf8))?.id == "a")
    }

    @Test("No list of clients is open to all, an empty one to nobody")
    func open() {
        #expect(ClientDirectory(nil, now: now, keySets: SampleCloud.noKeySets).isOpen)
        let closed = ClientDirectory([], now: now, keySets: SampleCloud.noKeySets)
        #expect(!closed.isOpen && closed.client(key: []) == nil)
    }

    @Test("A burst passes, then one request at a time; looking takes nothing")
    func limit() throws {
        let limit = ClientRateLimit(requestsPerSecond: 2, burst: 3)
        let directory = ClientDirectory(
            [client("a", key: "k", limit: limit)],
            now: now,
            keySets: SampleCloud.noKeySets
        )
        let client = try #require(directory.client(key: Array("k".utf8)))
        for _ in 0..<3 {
            #expect(!client.isLimited(now: now) && !client.isLimited(now: now))
            #expect(client.wait(now: now) == nil)
        }
        #expect(client.isLimited(now: now))
        #expect(client.wait(now: now) == .milliseconds(500))
        #expect(client.wait(now: now + .milliseconds(500)) == nil)
    }

    @Test("After a reload a client goes on with what it spent, unless its limit is another one")
    func limitAfterReload() throws {
        let limit = ClientRateLimit(requestsPerSecond: 2, burst: 3)
        func directory(_ limit: ClientRateLimit?, after earlier: ClientDirectory?)
            -> ClientDirectory
        {
            ClientDirectory(
                [client("a", key: "k", limit: limit)],
                after: earlier,
                now: now,
                keySets: SampleCloud.noKeySets
            )
        }
        let first = directory(limit, after: nil)
        let known = try #require(first.client(key: Array("k".utf8)))
        for _ in 0..<3 { #expect(known.wait(now: now) == nil) }
        let same = directory(limit, after: first)
        #expect(same.client(key: Array("k".utf8))?.isLimited(now: now) == true)
        for other in [nil, ClientRateLimit(requestsPerSecond: 2, burst: 4)] {
            let changed = directory(other, after: same)
            #expect(changed.client(key: Array("k".utf8))?.isLimited(now: now) == false)
        }
    }

    @Test(
        "A bearer key is read from its field, the scheme without case",
        arguments: [
            ("Bearer k", "k"), ("bearer k", "k"), ("BEARER   k", "k"), ("Bearer a b", "a b"),
            ("Bearer", nil),
            ("Bearer ", nil), ("Basic k", nil), ("Bearerk", nil), ("", nil),
            ("Token Bearer k", nil),
        ] as [(String, String?)]
    )
    func bearer(_ field: String, expected: String?) {
        #expect(ClientKey.bearer(field.utf8) == expected.map { Array($0.utf8) })
    }
}
