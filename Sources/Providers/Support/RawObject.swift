internal import JSONText

/// The bytes of one object as the provider wrote them, minus members that are not for callers.
struct RawObject: Sendable {
    private let start: Int
    private var dropped: [Range<Int>] = []
    private var memberStart: Int

    /// Begins at the object that comes next and enters it.
    init(entering json: inout JSONReader) throws(JSONError) {
        try json.beginObject()
        memberStart = json.offset
        // The bracket is the byte before.
        start = memberStart - 1
    }

    /// The next member, whose value must be read or skipped; remembers where it begins, comma included.
    @inline(__always)
    mutating func nextMember<Member: RecordMember>(
        _ reader: inout RecordReader
    ) throws(JSONError) -> Member? {
        memberStart = reader.json.offset
        let number = try reader.json.nextKey(&reader.memory.keys) { Member($0).rawValue }
        return number.map { Member(rawValue: $0) ?? .unknown }
    }

    /// Skips the current member's value and leaves the member out of the bytes.
    mutating func drop(_ json: inout JSONReader) throws(JSONError) {
        try json.skipValue()
        dropped.append(memberStart..<json.offset)
    }

    /// The object's bytes, once its last member has been read up to `end`: a part of the page, unless members are left
    /// out.
    func bytes(_ page: [UInt8], upTo end: Int) -> ArraySlice<UInt8> {
        if dropped.isEmpty { return page[start..<end] }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(end - start - dropped.reduce(0) { $0 + $1.count })
        var kept = start
        for range in dropped {
            bytes.append(contentsOf: page[kept..<range.lowerBound])
            kept = range.upperBound
        }
        bytes.append(contentsOf: page[kept..<end])
        // Where the first member went, the comma behind it is the first mark that is left.
        let mark = bytes.indices.first { $0 > 0 && bytes[$0] > 0x20 }
        if let mark, bytes[mark] == 0x2C { bytes.remove(at: mark) }
        return bytes[...]
    }
}
