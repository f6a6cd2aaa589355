internal import Catalogs
internal import ImageModel
internal import MonotonicTime
internal import Synchronization
internal import Upstreams

/// What there is to answer with.
extension UpstreamNode {
    /// The snapshots of its lists, as they are now.
    var snapshots: [Snapshot] { state.withLock { $0.lists.all.map(\.snapshot) } }

    /// The last good list while `stale_if_error` lasts, or what a broken walk left, or what the whole list that was cut
    /// has of a narrowed one, or nothing.
    func fallback(
        _ key: WalkKey,
        after error: UpstreamError,
        now: MonotonicClock.Instant
    ) -> Contribution {
        for key in [key, WalkKey()] {
            guard let list = state.withLock({ $0.lists[key] }),
                list.fetched.duration(to: now) < policy.ttl + policy.staleIfError
            else { continue }
            return Contribution(
                state: list.isWhole ? .stale : .partial,
                list: list,
                error: error,
                isComplete: false,
                pushedDown: key.pushdown
            )
        }
        return .failed(error)
    }

    /// The caller's wait ended first; the walk goes on for the next one, unless its own time is up, too.
    func unfinished(_ key: WalkKey, now: MonotonicClock.Instant) -> Contribution {
        let (running, hasList, failure) = state.withLock {
            ($0.running[key], $0.lists[key] != nil, $0.failure(of: key, now: now))
        }
        let wait = caller.pause(now: now) ?? Self.reason(running, failure, now: now)
        guard !hasList, let snapshot = running?.progress else {
            return fallback(key, after: wait, now: now)
        }
        let list = PublishedList(
            snapshot: snapshot,
            fetchedAtText: Timestamp(seconds: environment.timekeeper.date.seconds).rfc3339,
            fetched: now,
            latency: nil,
            error: wait
        )
        return contribution(.partial, list, key)
    }

    /// Why there is no list yet. A walk that has ended, or should have, is not said to go on: on a busy machine the
    /// caller may hear of its own time first.
    private static func reason(
        _ running: UpstreamWalk?,
        _ failure: UpstreamState.Failure?,
        now: MonotonicClock.Instant
    ) -> UpstreamError {
        guard let running else { return failure?.error ?? .noAnswerYet }
        if running.deadline <= now { return .walkTimeout }
        return running.imageCount > 0 ? .stillLoading : .noAnswerYet
    }

    func contribution(
        _ state: ContributionState,
        _ list: PublishedList,
        _ key: WalkKey,
        validUntil: MonotonicClock.Instant? = nil
    ) -> Contribution {
        Contribution(
            state: list.isWhole ? state : (state == .stale ? .stale : .partial),
            list: list,
            error: list.error,
            isComplete: list.isWhole,
            validUntil: validUntil,
            pushedDown: key.pushdown
        )
    }
}
