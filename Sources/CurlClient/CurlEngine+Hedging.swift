internal import EventLoops
internal import MonotonicTime
internal import Upstreams

/// Second attempts at calls that take long. Until its time comes a hedge is a note; afterwards it is a transfer
/// like any other, bound to the first one: the first answer counts, a failure waits for the other attempt.
extension CurlEngine {
    /// Right after `begin`, on the loop's thread.
    func arm(_ hedge: Hedge, for transfer: CurlTransfer) {
        guard transfer.isUnderWay, hedge.at < transfer.deadline else { return }
        transfer.hedging = CurlTransfer.Hedging(hedge.attempt, isSecond: false, due: hedge.at)
        setHedgeTimer(hedge.at)
    }

    private func setHedgeTimer(_ due: MonotonicClock.Instant) {
        if hedgeTimer.covers(due) { return }
        hedgeTimer.set(due, on: loop) {
            self.hedgeTimer.hasFired()
            self.sendDue()
        }
    }

    private func sendDue() {
        var due: [CurlTransfer] = []
        var next: MonotonicClock.Instant?
        for transfer in transfers.values {
            guard let time = transfer.hedging?.due else { continue }
            if time <= loop.now { due.append(transfer) } else { next = min(next ?? time, time) }
        }
        if let next { setHedgeTimer(next) }
        for first in due {
            // Another one's answer may have come meanwhile.
            guard let hedging = first.hedging, hedging.due != nil else { continue }
            hedging.due = nil
            sendSecond(first, hedging)
        }
    }

    private func sendSecond(
        _ first: CurlTransfer,
        _ hedging: CurlTransfer.Hedging
    ) {
        guard first.isUnderWay, first.mayBeOvertaken, let request = hedging.attempt.request()
        else { return }
        let second = CurlTransfer(
            request: request,
            policy: first.policy,
            deadline: first.deadline,
            limits: limits,
            observer: first.observer,
        )
        second.hedging = CurlTransfer.Hedging(hedging.attempt, isSecond: true)
        do throws(UpstreamError) {
            try enter(second)
        } catch {
            return
        }
        second.hedging?.other = first
        hedging.other = second
        runTimeouts()
    }

    /// For a transfer that has left the wire, or whose caller has gone.
    func endHedged(_ transfer: CurlTransfer, _ outcome: CurlTransfer.Outcome) {
        guard let hedging = transfer.hedging else { return transfer.end(outcome) }
        hedging.due = nil
        if hedging.isSecond {
            endSecond(transfer, hedging, outcome)
        } else {
            endFirst(transfer, hedging, outcome)
        }
    }

    private func endFirst(
        _ first: CurlTransfer,
        _ hedging: CurlTransfer.Hedging,
        _ outcome: CurlTransfer.Outcome,
    ) {
        if hedging.other != nil, outcome.isWorthWaiting {
            // The second attempt answers for both.
            hedging.failure = outcome
            return
        }
        let second = part(first)
        first.end(outcome)
        if let second { end(second, .failure(.cancelledCall)) }
    }

    private func endSecond(
        _ second: CurlTransfer,
        _ hedging: CurlTransfer.Hedging,
        _ outcome: CurlTransfer.Outcome,
    ) {
        guard let first = hedging.other else { return }
        let failure = first.hedging?.failure
        _ = part(first)
        if outcome.isAnswer {
            hedging.attempt.won()
            first.end(outcome)
            end(first, .failure(.cancelledCall))
        } else if let failure {
            first.end(failure)
        }
        // Else the first attempt goes on as if it had been alone.
    }

    /// From here on both are transfers of their own; returns the second one.
    private func part(_ first: CurlTransfer) -> CurlTransfer? {
        let second = first.hedging?.other
        second?.hedging?.other = nil
        second?.hedging = nil
        first.hedging?.other = nil
        first.hedging = nil
        return second
    }
}

extension CurlTransfer.Outcome {
    /// An answer that is worth more than waiting for the other attempt.
    fileprivate var isAnswer: Bool {
        if case .success(let response) = self {
            return response.status < 500 && response.status != 429
        }
        return false
    }

    /// A failure while the other attempt may still succeed.
    fileprivate var isWorthWaiting: Bool {
        if case .failure(let error) = self { return error.code != .cancelled }
        return false
    }
}
