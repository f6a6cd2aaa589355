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

    @Test("Only other keys count as a change, and are announced where there were some before")
    func generations() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        await store.refresh()
        await store.refresh()
        #expect(store.generation == 1 && issuer.changes.count == 0)
        issuer.publish(try TokenSigner(.p256).keySet())
        await store.refresh()
        #expect(store.generation == 2 && issuer.changes.count == 1)
    }

    @Test("A token with an unknown key hears that the keys are those of now, or when to ask again")
    func unknownKeys() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        func ask(_ keyID: String) async -> Duration? {
            await store.refresh(for: keyID, until: issuer.time.now + .seconds(1))
        }
        issuer.fail("down")
        #expect(await ask("a") == KeySetStore.retryTime)
        for _ in 0..<100 { #expect(await ask("a") == .seconds(5)) }
        #expect(issuer.readingCount == 1)
        issuer.time.manual.advance(by: .seconds(5))
        issuer.publish(try TokenSigner(.p256).keySet())
        for _ in 0..<100 { #expect(await ask("a") == nil) }
        #expect(issuer.readingCount == 2)
        issuer.time.manual.advance(by: .seconds(2))
        #expect(await ask("a") == nil)
        #expect(issuer.readingCount == 2)
        issuer.fail("down")
        #expect(await ask("b") == KeySetStore.retryTime)
        #expect(await ask("b") == .seconds(1))
        #expect(issuer.readingCount == 3)
    }

    @Test("Whoever joins a reading that somebody else began hears no final word from it")
    func joined() async throws {
        let (gate, time) = (Gate(), TestTime())
        let keys = Array(try TokenSigner(.p256).keySet().utf8)
        let store = KeySetStore(timekeeper: time, report: { _ in }) {
            await gate.wait()
            return .success(keys)
        }
        let deadline = time.now + .seconds(1)
        async let first = store.refresh(for: "a", until: deadline)
        await settle { time.alarms.count == 1 }
        async let second = store.refresh(for: "b", until: deadline)
        await settle { time.alarms.count == 2 }
        gate.open()
        #expect(await first == nil)
        #expect(await second == KeySetStore.joinedTime)
    }
}
