internal import Synchronization

/// One piece of work per key at a time, shared by everybody who asks while it runs.
///
/// The work outlives its callers: a caller that is cancelled leaves at once and changes nothing for the rest,
/// and whoever asks next finds the work further on. The work bounds itself (here: by its walk's time-out).
/// A result is handed to the waiters and forgotten; what is worth keeping the work itself stores.
///
/// Ownership: `flights` is shared by all threads and held only to look up, add and remove.
public final class SingleFlight<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let flights = Mutex<[Key: Flight]>([:])
    private let executor: (any TaskExecutor)?

    private typealias Waiter = (id: UInt64, continuation: CheckedContinuation<Value?, Never>)

    private struct Flight {
        /// Tells it from one of the same key that took its place.
        let number: UInt64
        /// In the order in which they came; mostly one.
        var waiters: [Waiter] = []
        var task: Task<Void, Never>?

        /// Whether it is the flight of that number, which begins with this waiter.
        mutating func board(_ waiter: Waiter, number: UInt64) -> Bool {
            waiters.append(waiter)
            return self.number == number
        }

        /// Whether `task` is its own.
        mutating func take(_ task: Task<Void, Never>, number: UInt64) -> Bool {
            guard self.number == number else { return false }
            self.task = task
            return true
        }
    }

    /// Work runs on `executor`, or on the global one.
    public init(executor: (any TaskExecutor)? = nil) {
        self.executor = executor
    }

    /// The keys whose work is running.
    public var keys: Set<Key> { flights.withLock { Set($0.keys) } }

    /// Starts the work unless it runs already, and does not wait for it. `executor` takes the place of the
    /// usual one.
    @discardableResult
    public func start(
        _ key: Key,
        on executor: (any TaskExecutor)? = nil,
        _ work: @escaping @Sendable () async -> Value
    ) -> Bool {
        let number = WaiterID.next()
        let isNew = flights.withLock { flights in
            guard flights[key] == nil else { return false }
            flights[key] = Flight(number: number)
            return true
        }
        if isNew { launch(key, number, on: executor, work) }
        return isNew
    }

    /// Arranges for its argument to be called when the caller's time is up; returns what calls that off.
    public typealias Alarm = (@escaping @Sendable () -> Void) -> @Sendable () -> Void

    /// Joins the work for `key`, starting it if nobody has. `nil` as soon as the calling task is cancelled, or
    /// `alarm` goes off. Work that is started runs on `executor` instead of the usual one.
    public func value(
        for key: Key,
        until alarm: Alarm? = nil,
        on executor: (any TaskExecutor)? = nil,
        _ work: @escaping @Sendable () async -> Value
    ) async -> Value? {
        let id = WaiterID.next()
        var callOff: (@Sendable () -> Void)?
        let value = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                join(key, id, continuation, on: executor, work)
                // Not before: an alarm that goes off at once would find nobody who waits.
                callOff = alarm.map { $0 { self.leave(key, id) } }
            }
        } onCancel: {
            leave(key, id)
        }
        callOff?()
        return value
    }

    /// Begins the work for `key` anew where it runs and somebody waits for it, who gets what the new one returns; where
    /// nobody does it only ends. The old one is cancelled, and whatever it returns is dropped.
    public func restart(_ key: Key, _ work: @escaping @Sendable () async -> Value) {
        let number = WaiterID.next()
        let old = flights.withLock { flights -> Flight? in
            guard let old = flights.removeValue(forKey: key) else { return nil }
            if !old.waiters.isEmpty { flights[key] = Flight(number: number, waiters: old.waiters) }
            return old
        }
        guard let old else { return }
        old.task?.cancel()
        if !old.waiters.isEmpty { launch(key, number, on: nil, work) }
    }

    /// Cancels all work; waiters get what it returns then.
    public func cancelAll() {
        for task in flights.withLock({ $0.values.compactMap(\.task) }) { task.cancel() }
    }

    private func join(
        _ key: Key,
        _ id: UInt64,
        _ continuation: CheckedContinuation<Value?, Never>,
        on executor: (any TaskExecutor)?,
        _ work: @escaping @Sendable () async -> Value
    ) {
        // A task cancelled before it got here has run its handler already and would wait for ever.
        if Task.isCancelled { return continuation.resume(returning: nil) }
        // Whoever finds no flight begins one of his own number.
        let isNew = flights.withLock {
            $0[key, default: Flight(number: id)].board((id, continuation), number: id)
        }
        if isNew { launch(key, id, on: executor, work) }
        if Task.isCancelled { leave(key, id) }
    }

    private func leave(_ key: Key, _ id: UInt64) {
        let waiter = flights.withLock { flights -> Waiter? in
            guard let index = flights[key]?.waiters.firstIndex(where: { $0.id == id }) else {
                return nil
            }
            return flights[key]?.waiters.remove(at: index)
        }
        waiter?.continuation.resume(returning: nil)
    }

    private func launch(
        _ key: Key,
        _ number: UInt64,
        on other: (any TaskExecutor)?,
        _ work: @escaping @Sendable () async -> Value
    ) {
        let task = Task(executorPreference: other ?? executor) {
            let value = await work()
            let waiters = self.flights.withLock { flights -> [Waiter] in
                guard let index = flights.index(forKey: key), flights[index].value.number == number
                else { return [] }
                return flights.remove(at: index).value.waiters
            }
            for waiter in waiters { waiter.continuation.resume(returning: value) }
        }
        let isUnderWay = flights.withLock { $0[key]?.take(task, number: number) ?? false }
        // It has ended, or another one took its place before it could be cancelled.
        if !isUnderWay { task.cancel() }
    }
}

/// Numbers waiters and flights.
private enum WaiterID {
    private static let counter = Atomic<UInt64>(0)

    static func next() -> UInt64 {
        counter.wrappingAdd(1, ordering: .relaxed).newValue
    }
}
