public import JSONText

/// One answer of `GET /v1/images`, read by a client: the images as they stand in the text, the rest as values.
public struct AnswerPage: Sendable {
    /// The answer as it came.
    public let bytes: [UInt8]
    /// Where each image stands in the text, in order.
    private let images: [Range<Int>]
    /// All members but `images`, in order.
    public private(set) var members: [JSONValue.Member]

    /// Raw objects of providers nest deeper than our own answers do.
    private static let limits = JSONLimits(depthMax: 256)

    /// Fails where the text is not JSON or not an answer of this route.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        self.bytes = bytes
        var reader = try JSONReader(bytes, limits: Self.limits)
        var images: [Range<Int>] = []
        var members: [JSONValue.Member] = []
        try reader.beginObject()
        while let key = try reader.nextKey() {
            if key == "images" {
                try reader.beginArray()
                while try reader.nextElement() { images.append(try reader.skipValue()) }
            } else {
                members.append(JSONValue.Member(reader.keyText, try JSONValue.read(&reader)))
            }
        }
        try reader.finish()
        guard members.contains(where: { $0.key == "complete" }) else {
            throw JSONError(.wrongType, at: 0)
        }
        self.images = images
        self.members = members
    }

    public var imageCount: Int { images.count }

    /// One image's text as it came.
    public func imageBytes(_ index: Int) -> ArraySlice<UInt8> { bytes[images[index]] }

    /// Parses one image. O(its bytes).
    public func image(_ index: Int) -> JSONValue {
        (try? JSONValue(parsing: Array(imageBytes(index)), limits: Self.limits)) ?? .null
    }

    public subscript(_ member: String) -> JSONValue? { members.first { $0.key == member }?.value }

    /// `nil` on the last page.
    public var nextCursor: String? { self["next_cursor"]?.stringValue }

    public var total: Int { self["total"]?.integerValue ?? 0 }

    public var isComplete: Bool { self["complete"]?.boolValue ?? false }

    public var upstreams: [AnswerUpstream] {
        (self["upstreams"]?.arrayValue ?? []).map(AnswerUpstream.init)
    }

    /// Says that something is missing although this page itself was whole.
    public mutating func markIncomplete() {
        for index in members.indices where members[index].key == "complete" {
            members[index].value = .bool(false)
        }
    }
}
