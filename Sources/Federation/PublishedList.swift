internal import Catalogs
internal import ImageModel
internal import Upstreams

/// What one walk left behind, as everybody sees it from then on.
struct PublishedList: Sendable {
    var snapshot: Snapshot
    /// When the walk ended, by the wall clock (RFC 3339, made once for all answers) and by the monotonic one.
    var fetchedAtText: String
    var fetched: ContinuousClock.Instant
    /// How long the walk took.
    var latency: Duration
    /// Why this is not the whole list; `nil` when it is.
    var error: UpstreamError?
    /// In order; empty where nothing is known that a later walk could go by.
    var pages: [PageRecord] = []

    var isWhole: Bool { error == nil }
    /// A list cut at the operator's own bound does not get better by asking again.
    var isWorthKeeping: Bool { error == nil || error?.code == .tooManyImages }
}
