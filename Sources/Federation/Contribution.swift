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
struct Contribution: Sendable {
    var state: ContributionState
    var list: PublishedList?
    var error: UpstreamError?
    /// Whether everything the upstream has is in, as far as anybody can know.
    var isComplete: Bool
    /// An answer made of this may be repeated until then.
    var validUntil: MonotonicClock.Instant?
    var pushedDown: Pushdown?

    static func skipped(complete: Bool, error: UpstreamError? = nil) -> Contribution {
        Contribution(state: .skipped, error: error, isComplete: complete)
    }

    static func failed(_ error: UpstreamError) -> Contribution {
        Contribution(state: .failed, error: error, isComplete: false)
    }
}

/// What a walk gave to all who waited for it.
///
/// A class: it goes through the frames of several functions that wait for each other, and each would hold a contribution.
final class WalkEnd: Sendable {
    let contribution: Contribution

    init(_ contribution: Contribution) {
        self.contribution = contribution
    }
}
