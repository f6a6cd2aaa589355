internal import Upstreams

/// What a walk read against what it yielded.
struct WalkLoss {
    /// Elements of the lists that came, also of those that were known.
    var rowCount = 0
    /// Those of them that can be no images.
    var unreadableCount = 0

    /// Why the images are not all there are: with `rowsUnreadable` they are as good as it gets, with
    /// `malformedAnswer` they are no list to go by. `nil` where nothing was lost.
    ///
    /// The same image on several pages is what a list does that changes meanwhile. In a list of one page ids
    /// that repeat so often are none.
    func error(imageCount: Int, pageCount: Int) -> UpstreamError? {
        let readable = rowCount - unreadableCount
        if unreadableCount > readable {
            return UpstreamError(
                .malformedAnswer,
                "of \(rowCount) elements of its list \(unreadableCount) have no id that can be used"
            )
        }
        if pageCount == 1, readable > 2 * imageCount {
            return UpstreamError(
                .malformedAnswer,
                "of \(rowCount) elements of its list only \(imageCount) have an id of their own"
            )
        }
        guard unreadableCount > 0 else { return nil }
        return UpstreamError(
            .rowsUnreadable,
            "\(unreadableCount) of \(rowCount) elements of its list have no id that can be used and are left out"
        )
    }
}

extension ListPage {
    /// Elements of the list, those that were not read again among them; an element that stands for several
    /// images counts once for each.
    func rowCount(_ before: WholePage?) -> Int {
        guard before != nil else { return images.count + unreadableCount }
        return objects.reduce(unreadableCount) { $0 + $1.imageCount(before) }
    }
}
