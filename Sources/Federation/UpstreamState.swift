internal import MonotonicTime
internal import Upstreams

/// What one upstream has come to: its lists, the walks that are going on, and why others failed.
struct UpstreamState {
    var lists = PublishedLists()
    var running: [UpstreamNode.WalkKey: UpstreamWalk] = [:]
    var failures: [UpstreamNode.WalkKey: Failure] = [:]
    var walkCount = 0
    var walkFailureCount = 0
    var drift: [String: Int] = [:]
    var census = MemberCensus()
    var lastCensus: MonotonicClock.Instant?
    /// Whether another node, or none, stands for the upstream.
    var isRetired = false

    /// Kinds of schema drift that are told apart.
    private static let driftWordsMax = 256

    struct Failure {
        /// As it was when the walk failed.
        var error: UpstreamError
        var failed: MonotonicClock.Instant
        /// Until then it answers for itself, so that a crowd of callers does not become a crowd of calls.
        var until: MonotonicClock.Instant
        /// Walks that failed in a row.
        var streak: Int
        /// Since when they do.
        var since: MonotonicClock.Instant
        /// Why, as it was last reported.
        var reported: UpstreamError.Code?

        func error(at now: MonotonicClock.Instant) -> UpstreamError {
            error.later(by: failed.duration(to: now))
        }
    }

    /// Walks of narrowed lists at a time; questions beyond it are answered from the list cut short.
    private static let narrowedWalksMax = 16

    var hasRoomForNarrowedWalk: Bool {
        running.keys.count { $0.pushdown != nil } < UpstreamState.narrowedWalksMax
    }

    /// `false` where it must not begin.
    mutating func begin(_ walk: UpstreamWalk, _ key: UpstreamNode.WalkKey) -> Bool {
        guard key.pushdown == nil || hasRoomForNarrowedWalk else { return false }
        running[key] = walk
        walkCount += 1
        return true
    }

    /// Another walk of the list may have taken its place.
    mutating func end(_ walk: UpstreamWalk, _ key: UpstreamNode.WalkKey) {
        if running[key] === walk { running[key] = nil }
    }

    mutating func note(_ word: String, _ count: Int) {
        guard drift.count < UpstreamState.driftWordsMax || drift[word] != nil else { return }
        drift[word, default: 0] += count
    }
}
