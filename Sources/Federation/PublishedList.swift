internal import Catalogs
internal import ImageModel
internal import MonotonicTime
internal import Upstreams

/// What one walk left behind, as everybody sees it from then on.
///
/// A class: every answer holds one of each upstream, and holding is all it does.
final class PublishedList: Sendable {
    let snapshot: Snapshot
    /// When the walk ended, by the wall clock (RFC 3339, made once for all answers) and by the monotonic one.
    let fetchedAtText: String
    let fetched: MonotonicClock.Instant
    /// How long the walk took; `nil` while it goes on.
    let latency: Duration?
    /// Why this is not the whole list; `nil` when it is.
    let error: UpstreamError?
    /// In order; empty where nothing is known that a later walk could go by.
    let pages: [PageRecord]
    /// Whether it was read before the process started.
    let isRestored: Bool

    init(
        snapshot: Snapshot,
        fetchedAtText: String,
        fetched: MonotonicClock.Instant,
        latency: Duration?,
        error: UpstreamError?,
        pages: [PageRecord] = [],
        isRestored: Bool = false
    ) {
        self.snapshot = snapshot
        self.fetchedAtText = fetchedAtText
        self.fetched = fetched
        self.latency = latency
        self.error = error
        self.pages = pages
        self.isRestored = isRestored
    }

    var isWhole: Bool { error == nil }
    /// Of the answers that its pages were read from, as far as they are known.
    var byteCount: Int { pages.reduce(0) { $0 + $1.identity.byteCount } }
    /// Whether it came in one page so small that reading it holds up nobody.
    var isShort: Bool {
        isWhole && pages.count == 1 && pages[0].identity.byteCount <= KnownPage.byteCountMax
    }
    var isWorthKeeping: Bool { error?.code.leavesGoodRows ?? true }
}
