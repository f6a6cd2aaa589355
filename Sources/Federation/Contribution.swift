internal import Catalogs
internal import ImageModel
internal import MonotonicTime
internal import Upstreams

/// How an upstream took part in an answer.
public enum ContributionState: String, Sendable, Hashable, CaseIterable {
    /// Fetched for this request.
    case fresh
    /// From the cache, within its time.
    case cached
    /// From the cache, past its time.
    case stale
    /// Less than all it has.
    case partial
    /// Nothing.
    case failed
    /// Not asked: the query or the operator excludes it.
    case skipped
}

/// What one upstream gave to one answer.
///
/// A class: it goes through the frames of several functions that wait for each other, and each would hold one.
final class Contribution: Sendable {
    let state: ContributionState
    let list: PublishedList?
    let error: UpstreamError?
    /// Whether everything the upstream has is in, as far as anybody can know.
    let isComplete: Bool
    /// An answer made of this may be repeated until then.
    let validUntil: MonotonicClock.Instant?
    let pushedDown: Pushdown?

    init(
        state: ContributionState,
        list: PublishedList? = nil,
        error: UpstreamError? = nil,
        isComplete: Bool,
        validUntil: MonotonicClock.Instant? = nil,
        pushedDown: Pushdown? = nil
    ) {
        self.state = state
        self.list = list
        self.error = error
        self.isComplete = isComplete
        self.validUntil = validUntil
        self.pushedDown = pushedDown
    }

    static func skipped(complete: Bool, error: UpstreamError? = nil) -> Contribution {
        Contribution(state: .skipped, error: error, isComplete: complete)
    }

    static func failed(_ error: UpstreamError) -> Contribution {
        Contribution(state: .failed, error: error, isComplete: false)
    }
}
