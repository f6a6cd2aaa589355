import EventLoops
import MonotonicTime
import Testing

@Suite("EventLoop")
struct EventLoopTests {
    @Test("Timers fire in the order of their deadlines, equal ones in the order they were set")
    func timerOrder() async throws {
        let journal = Journal()
        try await RunningLoop.with { loop in
            await withCheckedContinuation { continuation in
                loop.submit {
                    let start = loop.now
                    loop.schedule(at: start + .milliseconds(3)) { continuation.resume() }
                    loop.schedule(at: start + .milliseconds(2)) { journal.note("third") }
                    loop.schedule(at: start + .milliseconds(1)) { journal.note("first") }
                    loop.schedule(at: start + .milliseconds(1)) { journal.note("second") }
                }
            }
        }
        #expect(journal.all == ["first", "second", "third"])
    }

    @Test("A cancelled timer does not fire, and cancelling one that has fired is no error")
    func cancelledTimer() async throws {
        let journal = Journal()
        try await RunningLoop.with { loop in
            await withCheckedContinuation { continuation in
                loop.submit {
                    let cancelled = loop.schedule(at: loop.now + .milliseconds(1)) {
                        journal.note("cancelled")
                    }
                    let fired = loop.schedule(at: loop.now) { journal.note("fired") }
                    loop.cancel(cancelled)
                    loop.schedule(at: loop.now + .milliseconds(2)) {
                        loop.cancel(fired)
                        continuation.resume()
                    }
                }
            }
        }
        #expect(journal.all == ["fired"])
    }

    @Test("A timer that sets itself again at once starves nobody")
    func greedyTimer() async throws {
        try await RunningLoop.with { loop in
            loop.submit { Self.rearm(loop) }
            #expect(await loop.call { true })
            #expect(await loop.call { true })
        }
    }

    private static func rearm(_ loop: EventLoop) {
        loop.schedule(at: loop.now) { rearm(loop) }
    }

    @Test("Work submitted from another thread runs on the loop's, in order")
    func submission() async throws {
        let journal = Journal()
        try await RunningLoop.with { loop in
            for number in 0..<100 {
                loop.submit { journal.note("\(number) \(loop.isCurrent)") }
            }
            await loop.call {}
        }
        #expect(journal.all == (0..<100).map { "\($0) true" })
    }

    @Test("A task that prefers the loop runs on its thread before and after each await")
    func taskExecutor() async throws {
        try await RunningLoop.with { loop in
            let task = Task(executorPreference: loop) {
                var places = [loop.isCurrent]
                await Task.yield()
                places.append(loop.isCurrent)
                try? await loop.sleep(until: .now + .milliseconds(1))
                places.append(loop.isCurrent)
                return places
            }
            #expect(await task.value == [true, true, true])
            #expect(!loop.isCurrent)
        }
    }

    @Test("Children of a task that prefers the loop run there too")
    func taskGroup() async throws {
        try await RunningLoop.with { loop in
            let places = await withTaskExecutorPreference(loop) {
                await withTaskGroup(of: Bool.self) { group in
                    for _ in 0..<10 { group.addTask { loop.isCurrent } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(places == Array(repeating: true, count: 10))
        }
    }

    @Test("Sleep ends at its deadline, not before")
    func sleepEnds() async throws {
        try await RunningLoop.with { loop in
            let deadline = MonotonicClock.now + .milliseconds(5)
            try await loop.sleep(until: deadline)
            #expect(MonotonicClock.now >= deadline)
        }
    }

    @Test("A cancelled sleep throws at once, whether cancelled before or during it")
    func sleepCancelled() async throws {
        try await RunningLoop.with { loop in
            let start = MonotonicClock.now
            for isLate in [false, true] {
                let task = Task {
                    try await loop.sleep(until: .now + .seconds(3_600))
                }
                if isLate { await loop.call {} }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
            }
            #expect(start.duration(to: .now) < .seconds(1_800))
        }
    }

    @Test("An idle loop makes no turns")
    func idle() async throws {
        let busy = try EventLoop()
        let busyThread = busy.start(name: "busy")
        defer {
            busy.stop()
            busyThread.join()
        }
        try await RunningLoop.with { loop in
            await loop.call { _ = loop.schedule(at: loop.now + .seconds(3_600)) {} }
            // Work on another loop is the measure of time: no sleep, and this loop had every chance
            // to turn.
            try await busy.sleep(until: .now + .milliseconds(5))
            let before = loop.turnCount
            try await busy.sleep(until: .now + .milliseconds(50))
            #expect(loop.turnCount == before)
        }
    }

    @Test("Stop ends the loop after the work that was submitted before it")
    func stop() throws {
        let journal = Journal()
        let loop = try EventLoop()
        loop.submit { journal.note("before") }
        loop.stop()
        loop.run()
        #expect(journal.all == ["before"])
        #expect(!loop.isCurrent)
    }
}
