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
    /// How long the caller waited for this upstream.
    var waited: Duration = .zero
    /// Why it had to be asked; `nil` where it was not.
    var forwarded: ForwardReason?

    static func skipped(complete: Bool, error: UpstreamError? = nil) -> Contribution {
        Contribution(state: .skipped, error: error, isComplete: complete)
    }

    static func failed(_ error: UpstreamError) -> Contribution {
        Contribution(state: .failed, error: error, isComplete: false)
    }
}
