internal import Upstreams

/// A short list as it came, and which of its images stand in which object.
struct WholePage: Sendable {
    let page: KnownPage
    /// By object: how many images come before its own; behind the last, how many there are.
    private let bounds: [Int]

    /// `nil` where the list has more pages, or the page was too long to note its objects.
    init?(_ body: [UInt8], _ list: ListPage, at position: PagePosition, before: WholePage?) {
        guard position == .first, list.next == nil, !list.objects.isEmpty else { return nil }
        page = KnownPage(body: body, objects: list.objects.map(\.range))
        var bounds: [Int] = []
        bounds.reserveCapacity(list.objects.count + 1)
        bounds.append(0)
        for object in list.objects {
            bounds.append(bounds[bounds.count - 1] + object.imageCount(before))
        }
        self.bounds = bounds
    }

    var imageCount: Int { bounds[bounds.count - 1] }

    /// Of an object, by their arrival.
    func images(_ object: Int) -> Range<Int> { bounds[object]..<bounds[object + 1] }
}

extension ListObject {
    /// Images that come from it.
    func imageCount(_ before: WholePage?) -> Int {
        switch content {
        case .images(let count): count
        case .known(let number): before?.images(number).count ?? 0
        }
    }
}

extension ListPage {
    /// Whether it is the known page again, whatever stands around the list.
    func repeats(_ known: KnownPage) -> Bool {
        images.isEmpty && unreadableCount == 0 && objects.count == known.objects.count
            && objects.indices.allSatisfy { objects[$0].content == .known($0) }
    }

    /// Whether every image comes from the objects that were noted.
    var isNoted: Bool {
        var count = 0
        for object in objects { if case .images(let more) = object.content { count += more } }
        return count == images.count
    }
}
