internal import Caching
internal import Catalogs
internal import ImageModel
internal import MonotonicTime
internal import Upstreams

/// A list from before the start stands in for the first walk: it is served at once and as stale, however
/// young it is, because nobody has asked the upstream since; and the first question starts a walk.
extension UpstreamNode {
    /// Whether a list would ever be served again after a restart.
    var isKept: Bool { policy.enabled && policy.ttl + policy.staleIfError > .zero }

    /// The list as whoever keeps lists takes it.
    func kept(_ list: PublishedList, at date: Timestamp) -> KeptList {
        KeptList(
            settings: settings,
            snapshot: list.snapshot,
            fetchedAt: date,
            latency: list.latency ?? .zero,
            isCut: list.error?.code == .tooManyImages
        )
    }

    /// The list that a kept one becomes; `nil` where it is too old to be served. A clock that was set back
    /// makes it no younger than now.
    func restored(
        _ kept: KeptList,
        now: MonotonicClock.Instant,
        date: Timestamp
    ) -> PublishedList? {
        let age = max(.zero, kept.fetchedAt.duration(to: date))
        guard isKept, age < policy.ttl + policy.staleIfError else { return nil }
        return PublishedList(
            snapshot: kept.snapshot,
            fetchedAtText: Timestamp(seconds: kept.fetchedAt.seconds).rfc3339,
            fetched: now - age,
            latency: kept.latency,
            error: kept.isCut ? .cut(at: kept.snapshot.count) : nil,
            isRestored: true
        )
    }

    /// Whether a list from before the start is good for this request.
    func isUsable(
        _ list: PublishedList,
        _ demand: FreshnessDemand,
        now: MonotonicClock.Instant
    ) -> Bool {
        if demand.mustRevalidate { return false }
        let limit = demand.maxAge.map { $0 + (demand.maxStale ?? .zero) }
        return list.fetched.duration(to: now)
            < min(limit ?? .seconds(Int64.max), policy.ttl + policy.staleIfError)
    }
}

extension UpstreamError {
    fileprivate static func cut(at count: Int) -> UpstreamError {
        UpstreamError(
            .tooManyImages,
            "it lists more than the \(count) images that images_max allowed when they were read; "
                + "raise images_max or narrow the query"
        )
    }
}
