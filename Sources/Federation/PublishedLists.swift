internal import Catalogs
internal import MonotonicTime
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

    func contains(where condition: (PublishedList) -> Bool) -> Bool {
        whole.map(condition) == true || narrowed.values.contains(where: condition)
    }

    var all: [PublishedList] { (whole.map { [$0] } ?? []) + narrowed.values }

    /// Drops narrowed lists that nobody is answered from any more, as they are from before `begin`, and the oldest
    /// ones where there are more than that, or where together they hold more images. The one of `kept` stays.
    mutating func dropNarrowed(
        beyond countMax: Int,
        images imagesMax: Int,
        since begin: MonotonicClock.Instant,
        but kept: UpstreamNode.WalkKey
    ) {
        guard !narrowed.isEmpty else { return }
        var (count, images) = (0, 0)
        for (key, list) in narrowed.sorted(by: { $0.value.fetched > $1.value.fetched }) {
            count += 1
            images += list.snapshot.count
            let isWithin = count <= countMax && images <= imagesMax && list.fetched >= begin
            if isWithin || key == kept.pushdown { continue }
            narrowed[key] = nil
            count -= 1
            images -= list.snapshot.count
        }
    }
}
