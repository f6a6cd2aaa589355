internal import MonotonicTime
internal import Synchronization
internal import Upstreams

/// What a call waits for before it is made: a slot, its turn, the end of a pause.
extension UpstreamCaller {
    /// First pause before a retry; doubles with each.
    private static let backoffBase = Duration.milliseconds(100)

    func takeSlot(until deadline: MonotonicClock.Instant) async throws(UpstreamError) {
        let isTaken = await stand(until: deadline) { ledger, waiter in
            ledger.queue(waiter)
        } leave: { ledger, number in
            ledger.abandon(number)
        }
        guard !isTaken else { return }
        throw Task.isCancelled ? .walkEnded : .noSlot
    }

    /// How long before another attempt; `nil` where `deadline` comes first.
    func pause(
        before attempt: Int,
        after error: UpstreamError,
        until deadline: MonotonicClock.Instant
    ) -> Duration? {
        let backoff = Self.backoffBase * (1 << min(attempt - 1, 6))
        let jittered = backoff / 2 + (backoff / 2) * environment.randomness.unit()
        let pause = max(error.retryAfter ?? .zero, jittered)
        return environment.timekeeper.now + pause < deadline ? pause : nil
    }

    /// Returns at the end of the pause, or when an operator ends all of them, which may have been since there were
    /// `endCount` such ends.
    @inline(never)
    func waitOut(
        _ pause: Duration,
        from start: MonotonicClock.Instant,
        _ endCount: UInt64
    ) async throws(UpstreamError) {
        guard environment.timekeeper.now < start + pause else { return }
        _ = await stand(until: start + pause) { ledger, waiter in
            ledger.pauses.join(waiter, since: endCount)
        } leave: { ledger, number in
            ledger.pauses.leave(number)
        }
        if Task.isCancelled { throw .walkEnded }
    }

    @inline(never)
    func sleep(until end: MonotonicClock.Instant) async throws(UpstreamError) {
        guard environment.timekeeper.now < end else { return }
        do throws(CancellationError) {
            try await environment.timekeeper.sleep(until: end)
        } catch {
            throw .walkEnded
        }
    }

    /// Waits until the ledger resumes whoever `join` gave it, which is `true`, or until `deadline` or the end of the
    /// task, which is `false`. Without a place there is nothing to wait for.
    @inline(never)
    private func stand(
        until deadline: MonotonicClock.Instant,
        _ join: (inout CallLedger, CallLedger.Waiter) -> UInt64?,
        leave: @escaping @Sendable (inout CallLedger, UInt64) -> CallLedger.Waiter?
    ) async -> Bool {
        let ledger = self.ledger
        let abandon: @Sendable (UInt64) -> Void = { number in
            ledger.withLock { leave(&$0, number) }?.resume(returning: false)
        }
        let place = Mutex<UInt64?>(nil)
        var callOff: (@Sendable () -> Void)?
        let isTrue = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: CallLedger.Waiter) in
                guard let number = ledger.withLock({ join(&$0, waiter) }) else {
                    return waiter.resume(returning: true)
                }
                place.withLock { $0 = number }
                callOff = environment.timekeeper.call(at: deadline) { abandon(number) }
                // A task cancelled before the place was noted has run its handler already.
                if Task.isCancelled { abandon(number) }
            }
        } onCancel: {
            if let number = place.withLock({ $0 }) { abandon(number) }
        }
        callOff?()
        return isTrue
    }
}
