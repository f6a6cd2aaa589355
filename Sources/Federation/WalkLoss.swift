internal import ImageModel
internal import Upstreams

/// What a walk read against what it yielded.
struct WalkLoss {
    /// Elements of the lists that came, also of those that were known.
    var rowCount = 0
    /// Those of them that can be no images.
    var unreadableCount = 0
    /// The greatest number of images that a page said there are.
    private(set) var statedTotal: Int?

    mutating func note(total: Int?) {
        guard let total else { return }
        statedTotal = max(statedTotal ?? 0, total)
    }

    /// Why a walk that came to the end of the pages has not the whole list: the upstream says that it has more. A row
    /// that came twice is one image, and where pages shifted under the walk another row never came.
    func shortfall(of imageCount: Int) -> UpstreamError? {
        let count = imageCount + unreadableCount
        guard let statedTotal, statedTotal > count else { return nil }
        return UpstreamError(
            .pagingFault,
            "it says it has \(statedTotal) images, and its pages had \(count)",
            isRetryable: true
        )
    }

    /// Why the images are not all there are: with `rowsUnreadable` they are as good as it gets, with
    /// `malformedAnswer` they are no list to go by. `nil` where nothing was lost.
    var error: UpstreamError? {
        if unreadableCount > rowCount - unreadableCount {
            return UpstreamError(
                .malformedAnswer,
                "of \(rowCount) elements of its list \(unreadableCount) have no usable id or are too long"
            )
        }
        guard unreadableCount > 0 else { return nil }
        return UpstreamError(
            .rowsUnreadable,
            "\(unreadableCount) of \(rowCount) elements of its list have no usable id or are too long, and are left out"
        )
    }
}

extension ListPage {
    /// Why it is no page to go by: most of its images have the id of another one. A list that changes while it is
    /// read repeats images from page to page; within a page ids that repeat so often are none.
    var repetition: UpstreamError? {
        guard images.count > 2 else { return nil }
        let ids = Set(images.map { ImagePlace(region: $0.region, id: $0.nativeID) })
        guard images.count > 2 * ids.count else { return nil }
        return UpstreamError(
            .malformedAnswer,
            "of \(images.count) elements of its list only \(ids.count) have an id of their own"
        )
    }

    /// Elements of the list, those that were not read again among them; an element that stands for several
    /// images counts once for each.
    func rowCount(_ before: WholePage?) -> Int {
        guard before != nil else { return images.count + unreadableCount }
        return objects.reduce(unreadableCount) { $0 + $1.imageCount(before) }
    }
}

/// What tells the images of one page apart: an element may stand for an image in each of several regions.
private struct ImagePlace: Hashable {
    let region: String
    let id: String
}
