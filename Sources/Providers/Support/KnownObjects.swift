internal import JSONText
internal import Upstreams

/// The objects of a page that was read before, looked for in the order in which they stood. A list mostly is
/// what it was but for some objects that were changed, added or removed.
struct KnownObjects {
    private let page: KnownPage?
    /// The first that was not found yet.
    private var next = 0
    /// Objects since the last one that was found: as many of the known ones may be gone.
    private var missCount = 0

    /// Objects that are looked at for one.
    private static let lookCountMax = 8

    init(_ page: KnownPage?) {
        self.page = page
    }

    func byteCount(_ number: Int) -> Int { page?.objects[number].count ?? 0 }

    /// The number of the object that comes next in the text, which is then skipped; `nil` if it is not known.
    mutating func skip(in json: inout JSONReader) -> Int? {
        guard let page else { return nil }
        let end = min(next + min(missCount + 1, Self.lookCountMax), page.objects.count)
        for number in next..<max(next, end)
        where json.skip(known: page.objects[number]) {
            next = number + 1
            missCount = 0
            return number
        }
        missCount += 1
        return nil
    }
}
