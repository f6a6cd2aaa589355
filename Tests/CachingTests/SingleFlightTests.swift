import Caching
import TestKit
import Testing

@Suite(.timeLimit(.minutes(2)))
struct SingleFlightTests {
    @Test("A thousand callers share one piece of work")
    func sharing() async {
        let flight = SingleFlight<String, Int>()
        let gate = Gate()
        let runs = Tally()
        let sum = await withTaskGroup(of: Int?.self) { group in
            for _ in 0..<1_000 {
                group.addTask {
                    await flight.value(for: "a") {
                        runs.add()
                        await gate.wait()
                        return 7
                    }
                }
            }
            await settle { !flight.keys.isEmpty }
            gate.open()
            return await group.reduce(0) { $0 + ($1 ?? 0) }
        }
        #expect(sum > 0 && sum % 7 == 0)
        #expect(sum == 7_000)
        #expect(flight.keys.isEmpty)
        #expect(runs.count < 1_000)
    }

    @Test("A caller that is cancelled leaves at once; the work and the others go on")
    func leaving() async {
        let flight = SingleFlight<String, Int>()
        let gate = Gate()
        let leaver = Task {
            await flight.value(for: "a") {
                await gate.wait(); return 1
            }
        }
        await settle { !flight.keys.isEmpty }
        let stayer = Task { await flight.value(for: "a") { 2 } }
        leaver.cancel()
        #expect(await leaver.value == nil)
        #expect(flight.keys == ["a"])
        gate.open()
        let kept = await stayer.value
        #expect(kept == 1 || kept == 2)
    }

    @Test("Work started without a caller is joined by the next one")
    func joining() async {
        let flight = SingleFlight<String, Int>()
        let gate = Gate()
        #expect(
            flight.start("a") {
                await gate.wait(); return 3
            }
        )
        #expect(!flight.start("a") { 4 })
        async let joined = flight.value(for: "a") { 5 }
        gate.open()
        let value = await joined
        #expect(value == 3 || value == 5)
    }

    @Test("Work that is begun anew is what its callers get; the old is cancelled and unheard")
    func restarting() async {
        let flight = SingleFlight<String, Int>()
        let (old, new) = (Gate(), Gate())
        let (begun, cancelled) = (Tally(), Tally())
        let caller = Task {
            await flight.value(for: "a") {
                begun.add()
                await old.wait()
                if Task.isCancelled { cancelled.add() }
                return 1
            }
        }
        await settle { begun.count > 0 }
        flight.restart("a") {
            await new.wait(); return 2
        }
        old.open()
        await settle { cancelled.count > 0 }
        #expect(flight.keys == ["a"])
        new.open()
        #expect(await caller.value == 2)
        #expect(flight.keys.isEmpty)
    }

    @Test("Work that nobody waits for is only ended, and none is begun where none runs")
    func restartingAlone() async {
        let flight = SingleFlight<String, Int>()
        let gate = Gate()
        flight.start("a") {
            await gate.wait(); return 1
        }
        flight.restart("a") { 2 }
        #expect(flight.keys.isEmpty)
        flight.restart("a") { 3 }
        #expect(flight.keys.isEmpty)
        gate.open()
        #expect(await flight.value(for: "a") { 4 } == 4)
    }
}
