internal import JSONText

/// The bytes of one object as the provider wrote them, minus members that are not for callers.
struct RawObject: Sendable {
    private let start: Int
    private var dropped: [Range<Int>] = []
    private var memberStart: Int

    /// Begins at the object that comes next and enters it.
    init(entering json: inout JSONReader) throws(JSONError) {
        _ = try json.peekKind()
        start = json.offset
        try json.beginObject()
        memberStart = json.offset
    }

    /// The next key; remembers where its member begins, comma included.
    @inline(__always)
    mutating func nextKey(_ json: inout JSONReader) throws(JSONError) -> JSONKey? {
        memberStart = json.offset
        return try json.nextKey()
    }

    /// Skips the current member's value and leaves the member out of the bytes.
    mutating func drop(_ json: inout JSONReader) throws(JSONError) {
        try json.skipValue()
        dropped.append(memberStart..<json.offset)
    }

    /// The object's bytes, once its last member has been read.
    func bytes(_ json: borrowing JSONReader) -> [UInt8] {
        var bytes = json.bytes(start..<json.offset)
        if dropped.isEmpty { return bytes }
        for range in dropped.reversed() {
            bytes.removeSubrange(range.lowerBound - start..<range.upperBound - start)
        }
        // Where the first member went, the comma behind it is the first mark that is left.
        if let mark = bytes.dropFirst().firstIndex(where: { $0 > 0x20 }), bytes[mark] == 0x2C {
            bytes.remove(at: mark)
        }
        return bytes
    }
}
