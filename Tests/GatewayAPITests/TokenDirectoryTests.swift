import Configuration
import ImageModel
import MonotonicTime
import TestKit
import Testing
import WebTokens

@testable import GatewayAPI

@Suite("TokenDirectory")
struct TokenDirectoryTests {
    private let now = MonotonicClock.now

    /// What a directory of these clients makes of a token: a client's id or a failure.
    private func outcome(
        _ token: String,
        _ clients: [ClientConfiguration],
        _ stores: [String: KeySetStore],
        date: Timestamp = SampleCloud.date
    ) throws -> String {
        let spare = try TestIssuer().makeStore()
        let directory = ClientDirectory(clients, now: now) { source in
            guard case .url(let url) = source.place else { return spare }
            return stores[url] ?? spare
        }
        switch directory.recognize(Array(token.utf8), now: now, date: date) {
        case .known(let recognized): return recognized.client.id
        case .refused(let failure): return "\(failure)"
        case .unknownKey: return "unknownKey"
        case .uncheckable: return "uncheckable"
        case .foreignCertificate: return "foreignCertificate"
        case .nobody: return "nobody"
        }
    }

    @Test(
        "The first client whose demands a token meets is meant; scope comes from the configuration"
    )
    func order() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        await store.refresh()
        let clients = [
            issuer.client("ci", subject: "ci"),
            issuer.client("cloud", claims: [.init(name: "groups", anyOf: ["cloud"])]),
        ]
        let stores = [issuer.name: store]
        func client(_ claims: String) throws -> String {
            try outcome(issuer.token(claims), clients, stores)
        }
        #expect(try client("\"sub\":\"ci\"") == "ci")
        #expect(try client("\"sub\":\"ci\",\"groups\":[\"cloud\"]") == "ci")
        #expect(try client("\"sub\":\"x\",\"groups\":[\"cloud\"]") == "cloud")
        #expect(try client("\"sub\":\"x\",\"groups\":[\"dev\"]") == "noClient")
        #expect(try client("\"sub\":\"x\",\"upstreams\":[\"*\"],\"client\":\"ci\"") == "noClient")
    }

    @Test("Two issuers keep to their own keys, also where they name them alike")
    func issuers() async throws {
        let one = try TestIssuer("https://one.example")
        let two = try TestIssuer("https://two.example")
        let stores = [one.name: one.makeStore(), two.name: two.makeStore()]
        for store in stores.values { await store.refresh() }
        let clients = [one.client("one"), two.client("two")]
        #expect(try outcome(one.token(), clients, stores) == "one")
        #expect(try outcome(two.token(), clients, stores) == "two")
        let forged = try TestIssuer("https://one.example")
        #expect(try outcome(forged.token(), clients, stores) == "signature")
        let foreign = try TestIssuer("https://three.example")
        #expect(try outcome(foreign.token(), clients, stores) == "issuer")
    }

    @Test("Nothing is told about claims before the signature holds")
    func silence() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        let clients = [issuer.client("ci", subject: "ci")]
        let stores = [issuer.name: store]
        let forger = try TestIssuer()
        // No keys yet, then keys, then a token that is signed and expired.
        #expect(try outcome(issuer.token("\"sub\":\"x\""), clients, stores) == "unknownKey")
        await store.refresh()
        for claims in ["\"sub\":\"ci\"", "\"sub\":\"x\"", "\"nbf\":9999999999"] {
            #expect(
                try outcome(forger.token(claims, lasts: -9_999), clients, stores) == "signature"
            )
        }
        #expect(try outcome(issuer.token(lasts: -61), clients, stores) == "expired")
        #expect(try outcome(issuer.token(keyID: "two"), clients, stores) == "unknownKey")
    }

    @Test("A token is trusted until it expires, an hour at most, and no longer than its keys")
    func trust() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        await store.refresh()
        let directory = ClientDirectory([issuer.client("a")], now: now) { _ in store }
        func recognized(_ lasts: Int64) throws -> Recognized {
            let bytes = Array(try issuer.token(lasts: lasts).utf8)
            let found = directory.recognize(bytes, now: now, date: SampleCloud.date)
            guard case .known(let recognized) = found else { throw NotKnown() }
            return recognized
        }
        let short = try recognized(60)
        #expect(short.isCurrent(now: now + .seconds(119)))
        #expect(!short.isCurrent(now: now + .seconds(120)))
        let long = try recognized(1_000_000)
        #expect(long.isCurrent(now: now + .seconds(3_599)))
        #expect(!long.isCurrent(now: now + .seconds(3_600)))
        issuer.publish(try TokenSigner(.ed25519).keySet())
        await store.refresh()
        #expect(!short.isCurrent(now: now) && !long.isCurrent(now: now))
    }

    private struct NotKnown: Error {}
}
