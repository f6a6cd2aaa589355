import CSystem
import EventLoops
import Glibc
import MonotonicTime
import Synchronization
import Testing

@Suite("Registrations of an EventLoop")
struct RegistrationTests {
    @Test("A descriptor that becomes readable calls its handler with read")
    func readable() async throws {
        let readiness = try await firstReadiness { pair in
            _ = Glibc.write(pair.writing.rawValue, "x", 1)
        }
        #expect(readiness.contains(.read))
        #expect(!readiness.contains(.hangUp))
    }

    @Test("A descriptor whose other end closed reports it without being asked")
    func hangUp() async throws {
        let readiness = try await firstReadiness { $0.closeWriting() }
        #expect(readiness.contains(.hangUp))
    }

    @Test("A descriptor taken off the loop gets no event, not even one already fetched")
    func recycled() async throws {
        let journal = Journal()
        try await RunningLoop.with { loop in
            let first = try Pipe()
            let second = try Pipe()
            let third = try Pipe()
            try await withCheckedThrowingContinuation {
                (done: CheckedContinuation<Void, any Error>) in
                loop.submit {
                    do {
                        try Self.race(loop, [first, second, third], journal, done)
                    } catch {
                        done.resume(throwing: error)
                    }
                }
            }
        }
        #expect(journal.all == ["one of two"])
    }

    /// Two descriptors become ready in one `epoll_wait`. The first handler takes the other one off
    /// and lets a third have its slot; the other's event, already fetched, must reach neither.
    private static func race(
        _ loop: EventLoop,
        _ pipes: [Pipe],
        _ journal: Journal,
        _ done: CheckedContinuation<Void, any Error>
    ) throws {
        let places = Mutex<[Registration?]>([nil, nil])
        for index in 0..<2 {
            let handler = ClosureHandler {
                journal.note("one of two")
                let both = places.withLock { $0 }
                for case .some(let place) in both { loop.deregister(place) }
                let heir = ClosureHandler { journal.note("the heir") }
                _ = try? loop.register(pipes[2].reading.rawValue, for: .read, handler: heir)
                loop.submit { loop.submit { done.resume() } }
            }
            let place = try loop.register(
                pipes[index].reading.rawValue,
                for: .read,
                handler: handler
            )
            places.withLock { $0[index] = place }
        }
        for index in 0..<2 { _ = Glibc.write(pipes[index].writing.rawValue, "x", 1) }
    }

    @Test("Whoever has something to read does not wait for all timers that are due together")
    func dueTimers() async throws {
        let journal = Journal()
        let pipe = try Pipe()
        try await RunningLoop.with { loop in
            await withCheckedContinuation { done in
                loop.submit {
                    let place = try? loop.register(
                        pipe.reading.rawValue,
                        for: [.read, .edgeTriggered],
                        handler: ClosureHandler { journal.note("event") }
                    )
                    let now = loop.now
                    loop.schedule(at: now) { _ = Glibc.write(pipe.writing.rawValue, "x", 1) }
                    for _ in 0..<100 { loop.schedule(at: now) { Self.takeTime(journal) } }
                    loop.schedule(at: now) {
                        if let place { loop.deregister(place) }
                        done.resume()
                    }
                }
            }
        }
        #expect(journal.all.count { $0 == "timer" } == 100)
        #expect(journal.all.count { $0 == "event" } == 1 && journal.all.last == "timer")
    }

    /// What a timer that has much to do takes.
    private static func takeTime(_ journal: Journal) {
        let end = MonotonicClock.now + .microseconds(20)
        while MonotonicClock.now < end {}
        journal.note("timer")
    }

    @Test("What is to come after events comes behind all handlers and ahead of all submitted work")
    func afterEvents() async throws {
        let journal = Journal()
        try await RunningLoop.with { loop in
            let pipes = [try Pipe(), try Pipe()]
            try await withCheckedThrowingContinuation {
                (done: CheckedContinuation<Void, any Error>) in
                loop.submit {
                    do {
                        for pipe in pipes { try Self.noteOrder(loop, pipe, journal, done) }
                    } catch {
                        done.resume(throwing: error)
                    }
                }
            }
        }
        #expect(journal.all == ["event", "event", "after", "after", "work", "work"])
    }

    private static func noteOrder(
        _ loop: EventLoop,
        _ pipe: Pipe,
        _ journal: Journal,
        _ done: CheckedContinuation<Void, any Error>
    ) throws {
        let place = Mutex<Registration?>(nil)
        let handler = ClosureHandler {
            if let place = place.withLock({ $0 }) { loop.deregister(place) }
            journal.note("event")
            loop.submit {
                journal.note("work")
                if journal.all.count == 6 { done.resume() }
            }
            loop.call(afterEvents: { journal.note("after") })
        }
        let registration = try loop.register(
            pipe.reading.rawValue,
            for: .read,
            handler: handler
        )
        place.withLock { $0 = registration }
        _ = Glibc.write(pipe.writing.rawValue, "x", 1)
    }

    @Test("A descriptor cannot be registered twice; the error names the call")
    func twice() async throws {
        try await RunningLoop.with { loop in
            let pipe = try Pipe()
            let error = await loop.call { () -> SystemError? in
                let handler = ClosureHandler {}
                do throws(SystemError) {
                    _ = try loop.register(pipe.reading.rawValue, for: .read, handler: handler)
                    _ = try loop.register(pipe.reading.rawValue, for: .read, handler: handler)
                    return nil
                } catch {
                    return error
                }
            }
            #expect(error?.call == "epoll_ctl")
            #expect(error?.errno == EEXIST)
        }
    }

    @Test("A parked registration waits again without the kernel's help")
    func parked() async throws {
        let journal = Journal()
        try await RunningLoop.with { loop in
            let pipe = try Pipe()
            let registration = try await register(pipe, on: loop, journal, "former")
            await loop.call { loop.park(registration) }
            let isLive = await loop.call {
                loop.unpark(registration, handler: ClosureHandler { journal.note("next") })
            }
            #expect(isLive)
            _ = Glibc.write(pipe.writing.rawValue, "x", 1)
            while journal.all.isEmpty { await loop.call {} }
            await loop.call { loop.deregister(registration) }
        }
        #expect(Set(journal.all) == ["next"])
    }

    @Test("What happens to a parked descriptor ends its registration after one turn")
    func endOfParked() async throws {
        let journal = Journal()
        try await RunningLoop.with { loop in
            let pipe = try Pipe()
            let registration = try await register(pipe, on: loop, journal, "former")
            let turns = await loop.call { () -> Int in
                loop.park(registration)
                _ = Glibc.write(pipe.writing.rawValue, "x", 1)
                return loop.turnCount
            }
            // The byte is ready before the next turn begins, and the work of this call after it.
            while await loop.call({ loop.turnCount }) < turns + 2 {}
            let isLive = await loop.call {
                loop.unpark(registration, handler: ClosureHandler { journal.note("next") })
            }
            #expect(!isLive)
            _ = try await register(pipe, on: loop, journal, "anew")
            while journal.all.isEmpty { await loop.call {} }
        }
        #expect(Set(journal.all) == ["anew"])
    }

    private func register(
        _ pipe: Pipe,
        on loop: EventLoop,
        _ journal: Journal,
        _ name: String,
    ) async throws -> Registration {
        try await loop.call {
            Result {
                try loop.register(
                    pipe.reading.rawValue,
                    for: .read,
                    handler: ClosureHandler { journal.note(name) },
                )
            }
        }.get()
    }

    private func firstReadiness(
        after action: @escaping @Sendable (Pipe) -> Void
    ) async throws -> Readiness {
        try await RunningLoop.with { loop in
            let pipe = try Pipe()
            return try await withCheckedThrowingContinuation { continuation in
                loop.submit {
                    let handler = OnceHandler { continuation.resume(returning: $0) }
                    do {
                        handler.registration = try loop.register(
                            pipe.reading.rawValue,
                            for: .read,
                            handler: handler,
                        )
                        handler.loop = loop
                        action(pipe)
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            }
        }
    }
}

final class Pipe: Sendable {
    let reading: FileDescriptor
    let writing: FileDescriptor

    struct Failure: Error {}

    init() throws {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw Failure() }
        reading = FileDescriptor(owning: ends[0])
        writing = FileDescriptor(owning: ends[1])
    }

    /// Puts another file in the writing end's place, which closes the pipe.
    func closeWriting() {
        let null = Glibc.open("/dev/null", O_WRONLY)
        _ = Glibc.dup2(null, writing.rawValue)
        _ = Glibc.close(null)
    }
}

final class ClosureHandler: ReadinessHandler {
    private let action: () -> Void

    init(_ action: @escaping () -> Void) { self.action = action }

    func ready(_ readiness: Readiness) { action() }
}

/// Reports the first readiness and takes itself off the loop.
final class OnceHandler: ReadinessHandler {
    var registration: Registration?
    var loop: EventLoop?
    private let action: (Readiness) -> Void

    init(_ action: @escaping (Readiness) -> Void) { self.action = action }

    func ready(_ readiness: Readiness) {
        if let registration { loop?.deregister(registration) }
        action(readiness)
    }
}
