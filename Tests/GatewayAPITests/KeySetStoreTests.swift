import MonotonicTime
import TestKit
import Testing

@testable import GatewayAPI

@Suite("KeySetStore")
struct KeySetStoreTests {
    @Test(
        "What cannot be read, or holds no usable key, leaves the old keys in force and is reported"
    )
    func stale() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        #expect(store.keys == nil)
        await store.refresh()
        #expect(store.keys != nil && store.generation == 1)
        issuer.fail("no answer")
        await store.refresh()
        issuer.publish("<html>")
        await store.refresh()
        issuer.publish("{\"keys\":[]}")
        await store.refresh()
        #expect(store.keys != nil && store.generation == 1)
        #expect(
            issuer.complaints == [
                "no answer", "the key set is no JSON Web Key Set: { \"keys\": [ … ] }",
                "the key set holds no usable key",
            ]
        )
    }

    @Test("Only other keys count as a change")
    func generations() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        await store.refresh()
        await store.refresh()
        #expect(store.generation == 1)
        issuer.publish(try TokenSigner(.p256).keySet())
        await store.refresh()
        #expect(store.generation == 2)
    }

    @Test(
        "Tokens with unknown keys have the keys read twice a minute at most, at first every five seconds"
    )
    func attempts() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        issuer.fail("down")
        for _ in 0..<100 { #expect(await ask(store, issuer) == .seconds(5)) }
        #expect(issuer.readingCount == 1)
        issuer.time.manual.advance(by: .seconds(5))
        issuer.publish(try TokenSigner(.p256).keySet())
        for _ in 0..<100 { #expect(await ask(store, issuer) == nil) }
        #expect(issuer.readingCount == 2)
        issuer.time.manual.advance(by: .seconds(29))
        #expect(await ask(store, issuer) == .seconds(1))
        #expect(issuer.readingCount == 2)
        issuer.time.manual.advance(by: .seconds(1))
        #expect(await ask(store, issuer) == nil)
        #expect(issuer.readingCount == 3)
    }

    @Test("Readings at a start or a reload take nothing from what tokens may have read")
    func unaskedReadings() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        for _ in 0..<3 { await store.refresh() }
        #expect(await ask(store, issuer) == nil)
        #expect(issuer.readingCount == 3)
        issuer.time.manual.advance(by: .seconds(1))
        #expect(await ask(store, issuer) == nil)
        #expect(issuer.readingCount == 4)
        issuer.time.manual.advance(by: .seconds(10))
        issuer.fail("down")
        await store.refresh()
        #expect(await ask(store, issuer) == .seconds(20))
    }

    /// What a token with an unknown key hears.
    private func ask(_ store: KeySetStore, _ issuer: TestIssuer) async -> Duration? {
        await store.refreshForUnknownKey(until: issuer.time.now + .seconds(1))
    }
}
