/// A page of a list that was read before. Only short pages are remembered as they came.
public struct KnownPage: Sendable, Hashable {
    /// Upper bound on bytes of a page that is remembered: half a millisecond to read.
    public static let byteCountMax = 128 << 10

    public let body: [UInt8]
    /// Where the objects of its list stand in the body, in order.
    public let objects: [Range<Int>]

    public init(body: [UInt8], objects: [Range<Int>]) {
        self.body = body
        self.objects = objects
    }
}

/// One object of a page's list.
public struct ListObject: Sendable, Hashable {
    /// Where it stands in the body.
    public var range: Range<Int>
    public var content: Content

    public enum Content: Sendable, Hashable {
        /// It was read; so many of the page's images come from it.
        case images(Int)
        /// It is that object of the known page again and was not read.
        case known(Int)
    }

    public init(range: Range<Int>, content: Content) {
        self.range = range
        self.content = content
    }
}
