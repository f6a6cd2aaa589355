internal import MonotonicTime
internal import Upstreams

/// What one upstream has come to: its lists, the walks that are going on, and why others failed.
struct UpstreamState {
    var lists = PublishedLists()
    var running: [UpstreamNode.WalkKey: UpstreamWalk] = [:]
    var failures: [UpstreamNode.WalkKey: Failure] = [:]
    /// The last failure of a narrowed list that any other would have met as well.
    private var narrowedFailure: Failure?
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

    /// Why the list could not be read. A narrowed one need not be asked for while another one's failure holds that was
    /// not the question's.
    func failure(of key: UpstreamNode.WalkKey, now: MonotonicClock.Instant) -> Failure? {
        let own = failures[key]
        if key.pushdown == nil { return own }
        if let own, now < own.until { return own }
        if let narrowedFailure, now < narrowedFailure.until { return narrowedFailure }
        guard let whole = failures[UpstreamNode.WalkKey()], now < whole.until,
            whole.error.isOfAnyQuestion
        else { return own }
        return whole
    }

    /// How many walks failed in a row, this one included. Of narrowed ones those count that failed alike, once for as
    /// many as ran side by side.
    func streak(
        of key: UpstreamNode.WalkKey,
        _ error: UpstreamError,
        now: MonotonicClock.Instant
    ) -> Int {
        let own = (failures[key]?.streak ?? 0) + 1
        guard key.pushdown != nil, error.isOfAnyQuestion, let narrowedFailure else { return own }
        return max(own, narrowedFailure.streak + (now < narrowedFailure.until ? 0 : 1))
    }

    mutating func note(_ failure: Failure, of key: UpstreamNode.WalkKey) {
        failures[key] = failure
        if key.pushdown != nil, failure.error.isOfAnyQuestion { narrowedFailure = failure }
    }

    /// The list was read: whatever kept others from being read is over.
    mutating func succeeded(_ key: UpstreamNode.WalkKey) {
        failures[key] = nil
        narrowedFailure = nil
        guard failures.contains(where: { $0.value.error.isOfAnyQuestion }) else { return }
        failures = failures.filter { $0.key.pushdown == nil || !$0.value.error.isOfAnyQuestion }
    }

    mutating func forgetFailures() {
        failures = [:]
        narrowedFailure = nil
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
