internal import CSystem
internal import Glibc
public import MonotonicTime
internal import Synchronization

/// One thread, one epoll, one timer queue; and the `TaskExecutor` of everything that runs on them.
///
/// Ownership: `slots`, `timers` and `ready` belong to the thread inside `run()`. Other threads
/// reach the loop through `inbox` alone, a `Mutex` around jobs and closures, and wake it by its
/// eventfd. The eventfd is written only when the inbox was empty, so a busy loop pays for no
/// wake-ups, and an idle one sleeps in `epoll_wait` until something is due.
public final class EventLoop: TaskExecutor, @unchecked Sendable {
    // Invariant: everything but `inbox`, `epoll` and `wake` is touched on the loop's own thread
    // only; `preconditionOnLoop` holds the callers to it.
    private let epoll: FileDescriptor
    private let wake: FileDescriptor
    private let inbox = Mutex(Inbox())
    // `@exclusivity(unchecked)`: the run-time checks cost more than the turn's own work. All
    // accesses are on the loop's thread, and none of them is open while a handler, timer or job
    // runs.
    @exclusivity(unchecked) private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    @exclusivity(unchecked) private var timers = TimerQueue()
    @exclusivity(unchecked) private var ready: [Work] = []
    @exclusivity(unchecked) private var batch: [Work] = []
    @exclusivity(unchecked) private var isStopping = false
    /// Where `epoll_wait` leaves what happened; freed in `deinit`.
    private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: eventCountMax)
    /// The `pthread_t` inside `run()`; 0 before.
    private let thread = Atomic<UInt>(0)
    @exclusivity(unchecked) private var cachedNow: MonotonicClock.Instant = .now
    private let turns = Atomic<Int>(0)
    /// Says of every hand-over what the lock of the inbox says already, in words that the thread sanitizer knows.
    private let handOvers = Atomic<UInt64>(0)
    /// Whether descriptors are ready whose handlers come after the one that runs. On the loop's thread only.
    @exclusivity(unchecked) public private(set) var hasFurtherEvents = false
    @exclusivity(unchecked) private var afterEvents: [() -> Void] = []

    /// Events fetched by one `epoll_wait`.
    private static let eventCountMax = 256
    /// How often what just ran may add more before descriptors get their turn: a chain of `await`s
    /// on this loop then costs no `epoll_wait` per link, and an endless chain starves nobody.
    private static let roundCountMax = 16
    /// How long all of that may go on, and how long timers are fired before it: what is answered at once waits for both.
    /// Long enough for all that one cold request has to do at a time, which else would take turns with itself.
    private static let sliceTime = Duration.microseconds(100)

    private struct Inbox {
        var work: [Work] = []
    }

    private enum Work {
        case job(UnownedJob)
        case closure(@Sendable () -> Void)
    }

    private struct Slot {
        var generation: UInt32
        var descriptor: Int32
        /// `nil` where nothing is registered, and while the registration is parked.
        var handler: (any ReadinessHandler)?
    }

    public init() throws(SystemError) {
        epoll = FileDescriptor(owning: try systemCall("epoll_create1") { csystem_epoll_create() })
        wake = FileDescriptor(owning: try systemCall("eventfd") { csystem_eventfd() })
        let descriptor = wake.rawValue
        let epollDescriptor = epoll.rawValue
        _ = try systemCall("epoll_ctl") {
            csystem_epoll_ctl(
                epollDescriptor,
                EPOLL_CTL_ADD,
                descriptor,
                EPOLLIN.rawValue,
                UInt64.max
            )
        }
    }

    deinit {
        events.deallocate()
    }

    // MARK: Life

    /// Runs on the calling thread until `stop()`.
    public func run() {
        thread.store(UInt(pthread_self()), ordering: .releasing)
        cachedNow = .now
        while !isStopping {
            turns.wrappingAdd(1, ordering: .relaxed)
            takeInbox()
            fireTimers()
            runReady()
            if isStopping { break }
            poll(timeout: timeoutMilliseconds())
        }
        // The system may give this thread's identity to another one.
        thread.store(0, ordering: .releasing)
    }

    /// Turns of `run()` so far: an idle loop makes none. From any thread.
    public var turnCount: Int { turns.load(ordering: .relaxed) }

    /// Runs on a thread of its own; `join()` waits for its end.
    public func start(name: String) -> LoopThread {
        LoopThread(running: self, name: name)
    }

    /// Ends `run()` after the work that is already queued. From any thread.
    public func stop() {
        submit { self.isStopping = true }
    }

    // MARK: Work

    public func enqueue(_ job: consuming ExecutorJob) {
        add(.job(UnownedJob(job)))
    }

    /// Runs `closure` on the loop's thread, soon, in the order of submission. From any thread.
    public func submit(_ closure: @escaping @Sendable () -> Void) {
        add(.closure(closure))
    }

    public var isCurrent: Bool { thread.load(ordering: .acquiring) == UInt(pthread_self()) }

    /// Traps off the loop's thread: whoever calls believed to be on it.
    public func preconditionOnLoop() {
        precondition(isCurrent, "called off the loop's thread, which owns this state")
    }

    private func add(_ work: Work) {
        if isCurrent {
            ready.append(work)
            return
        }
        let wasEmpty = inbox.withLock { inbox in
            inbox.work.append(work)
            handOvers.wrappingAdd(1, ordering: .releasing)
            return inbox.work.count == 1
        }
        if wasEmpty { _ = eventfd_write(wake.rawValue, 1) }
    }

    private func takeInbox() {
        inbox.withLock { inbox in
            guard !inbox.work.isEmpty else { return }
            _ = handOvers.load(ordering: .acquiring)
            ready.append(contentsOf: inbox.work)
            inbox.work.removeAll(keepingCapacity: true)
        }
    }

    /// Runs what is ready, and what that adds, for a bounded number of rounds and for a bounded time: who is
    /// answered at once must not stand in line behind thousands of tasks.
    private func runReady() {
        if ready.isEmpty { return }
        let end = MonotonicClock.now + Self.sliceTime
        var rounds = 0
        while !ready.isEmpty, !isStopping, rounds < Self.roundCountMax {
            swap(&batch, &ready)
            let doneCount = runBatch(until: end)
            guard doneCount == batch.count else { return putBack(from: doneCount) }
            batch.removeAll(keepingCapacity: true)
            rounds += 1
        }
    }

    /// Returns how many of the batch were run: one at least, and all where the loop is to stop.
    private func runBatch(until end: MonotonicClock.Instant) -> Int {
        for (index, work) in batch.enumerated() {
            run(work)
            if index + 1 < batch.count, !isStopping, MonotonicClock.now >= end { return index + 1 }
        }
        return batch.count
    }

    /// The rest of the batch stays ahead of what has come meanwhile.
    private func putBack(from index: Int) {
        batch.removeSubrange(..<index)
        batch.append(contentsOf: ready)
        ready.removeAll(keepingCapacity: true)
        swap(&batch, &ready)
    }

    private func run(_ work: Work) {
        switch work {
        case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
        case .closure(let closure): closure()
        }
    }

    // MARK: Time

    /// The time of this turn of the loop, read once per turn.
    public var now: MonotonicClock.Instant { cachedNow }

    /// Calls `action` on the loop's thread at `deadline`. On the loop's thread only.
    @discardableResult
    public func schedule(at deadline: MonotonicClock.Instant, _ action: @escaping () -> Void)
        -> TimerID
    {
        preconditionOnLoop()
        return timers.add(at: deadline, action)
    }

    /// On the loop's thread only; a timer that has fired is no error.
    public func cancel(_ timer: TimerID) {
        preconditionOnLoop()
        // Outlives the access: what its action holds may come back to this loop when it goes.
        let action = timers.cancel(timer)
        withExtendedLifetime(action) {}
    }

    /// A timer set by one that fires waits for the next turn, even when it is due already. So does whatever more
    /// is due than a slice has time for: connections that came together have their time run out together.
    private func fireTimers() {
        let limit = timers.nextNumber
        guard let first = timers.popDue(cachedNow, before: limit) else { return }
        let end = MonotonicClock.now + Self.sliceTime
        first()
        while MonotonicClock.now < end, let action = timers.popDue(cachedNow, before: limit) {
            action()
        }
    }

    private func timeoutMilliseconds() -> Int32 {
        if !ready.isEmpty { return 0 }
        guard let deadline = timers.earliest() else { return -1 }
        var wait = deadline.nanoseconds(since: cachedNow)
        // The turn's own duration counts only where it is not small against the wait: one clock
        // read less per turn.
        if wait < 1_000_000_000 { wait = deadline.nanoseconds(since: .now) }
        if wait <= 0 { return 0 }
        let (milliseconds, rest) = wait.quotientAndRemainder(dividingBy: 1_000_000)
        return Int32(clamping: milliseconds + (rest > 0 ? 1 : 0))
    }

    // MARK: Descriptors

    /// Waits for `readiness` on a descriptor the caller keeps open until `deregister`. On the
    /// loop's thread only.
    public func register(
        _ descriptor: Int32,
        for readiness: Readiness,
        handler: any ReadinessHandler
    ) throws(SystemError) -> Registration {
        preconditionOnLoop()
        let slot = freeSlots.popLast() ?? newSlot()
        let registration = Registration(
            slot: slot,
            generation: slots[Int(slot)].generation,
            descriptor: descriptor
        )
        slots[Int(slot)].descriptor = descriptor
        slots[Int(slot)].handler = handler
        do throws(SystemError) {
            try control(EPOLL_CTL_ADD, registration, readiness)
        } catch {
            free(registration)
            throw error
        }
        return registration
    }

    /// Changes what is waited for; nothing once it is deregistered. On the loop's thread only.
    public func update(_ registration: Registration, for readiness: Readiness) throws(SystemError) {
        preconditionOnLoop()
        guard isLive(registration) else { return }
        try control(EPOLL_CTL_MOD, registration, readiness)
    }

    /// Stops waiting; no further event arrives, not even one already fetched. On the loop's thread
    /// only.
    public func deregister(_ registration: Registration) {
        preconditionOnLoop()
        guard isLive(registration) else { return }
        _ = csystem_epoll_ctl(epoll.rawValue, EPOLL_CTL_DEL, registration.descriptor, 0, 0)
        free(registration)
    }

    /// Leaves the descriptor with the kernel though nobody waits for it: who will wait again soon saves two system
    /// calls. What happens to it meanwhile wakes the loop once and ends the registration. On the loop's thread only.
    public func park(_ registration: Registration) {
        preconditionOnLoop()
        guard isLive(registration) else { return }
        setHandler(nil, registration)
    }

    /// Waits again, for what was waited for before. `false` where the registration has ended meanwhile. On the
    /// loop's thread only.
    public func unpark(_ registration: Registration, handler: any ReadinessHandler) -> Bool {
        preconditionOnLoop()
        guard isLive(registration) else { return false }
        setHandler(handler, registration)
        return true
    }

    private func isLive(_ registration: Registration) -> Bool {
        slots[Int(registration.slot)].generation == registration.generation
    }

    private func newSlot() -> UInt32 {
        slots.append(Slot(generation: 0, descriptor: -1, handler: nil))
        return UInt32(slots.count - 1)
    }

    private func free(_ registration: Registration) {
        slots[Int(registration.slot)].generation &+= 1
        freeSlots.append(registration.slot)
        setHandler(nil, registration)
    }

    private func setHandler(_ handler: (any ReadinessHandler)?, _ registration: Registration) {
        // Outlives the access: its end may come back to this loop.
        let former = slots[Int(registration.slot)].handler
        slots[Int(registration.slot)].handler = handler
        withExtendedLifetime(former) {}
    }

    private func control(
        _ operation: Int32,
        _ registration: Registration,
        _ readiness: Readiness
    ) throws(SystemError) {
        let data = UInt64(registration.generation) << 32 | UInt64(registration.slot)
        let descriptor = epoll.rawValue
        _ = try systemCall("epoll_ctl") {
            csystem_epoll_ctl(
                descriptor,
                operation,
                registration.descriptor,
                readiness.rawValue,
                data
            )
        }
    }

    private func poll(timeout: Int32) {
        let count = epoll_wait(epoll.rawValue, events, Int32(Self.eventCountMax), timeout)
        cachedNow = .now
        for index in 0..<max(0, count) {
            hasFurtherEvents = index + 1 < count
            dispatch(csystem_event_data(events, index), csystem_event_mask(events, index))
        }
        if afterEvents.isEmpty { return }
        var actions: [() -> Void] = []
        swap(&actions, &afterEvents)
        for action in actions { action() }
    }

    /// Calls `action` once, behind the handlers of the descriptors that are ready now and ahead of all work that was
    /// submitted. For a handler while it runs.
    public func call(afterEvents action: @escaping () -> Void) {
        preconditionOnLoop()
        afterEvents.append(action)
    }

    private func dispatch(_ data: UInt64, _ mask: UInt32) {
        if data == UInt64.max {
            var count: eventfd_t = 0
            _ = eventfd_read(wake.rawValue, &count)
            return
        }
        let number = UInt32(data & 0xFFFF_FFFF)
        let slot = slots[Int(number)]
        guard slot.generation == UInt32(data >> 32) else { return }
        if let handler = slot.handler { return handler.ready(Readiness(rawValue: mask)) }
        let parked = Registration(
            slot: number,
            generation: slot.generation,
            descriptor: slot.descriptor
        )
        deregister(parked)
    }
}
