internal import Upstreams

/// The lists of one upstream: the whole one, which nearly every question takes, and narrowed ones by what was
/// pushed down.
struct PublishedLists {
    private var whole: PublishedList?
    private var narrowed: [Pushdown: PublishedList] = [:]

    subscript(key: UpstreamNode.WalkKey) -> PublishedList? {
        get {
            guard let pushdown = key.pushdown else { return whole }
            return narrowed[pushdown]
        }
        set {
            if let pushdown = key.pushdown {
                narrowed[pushdown] = newValue
            } else {
                whole = newValue
            }
        }
    }

    var all: [PublishedList] { (whole.map { [$0] } ?? []) + narrowed.values }

    /// Drops the oldest narrowed list where there are more.
    mutating func dropOldest(beyond countMax: Int) {
        guard narrowed.count > countMax else { return }
        let oldest = narrowed.min { $0.value.fetched < $1.value.fetched }
        if let oldest { narrowed[oldest.key] = nil }
    }
}
