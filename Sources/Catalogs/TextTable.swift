/// Texts one after the other in one blob, found by index.
struct TextTable: Sendable, Equatable {
    private(set) var bytes: [UInt8] = []
    private(set) var ends: [UInt32] = []

    var count: Int { ends.count }

    init() {}

    /// `nil` where the ends are not ascending ones that divide the bytes without a rest.
    init?(bytes: [UInt8], ends: [UInt32]) {
        guard Int(ends.last ?? 0) == bytes.count else { return nil }
        var (last, isAscending): (UInt32, Bool) = (0, true)
        for end in ends {
            isAscending = isAscending && end >= last
            last = end
        }
        guard isAscending else { return nil }
        self.bytes = bytes
        self.ends = ends
    }

    /// Whether every text is well-formed UTF-8: all of them together, and none begins within a character.
    var isUTF8: Bool {
        guard let all = try? UTF8Span(validating: bytes.span) else { return false }
        if all.isKnownASCII { return true }
        return ends.allSatisfy { $0 == bytes.count || bytes[Int($0)] & 0xC0 != 0x80 }
    }

    @inline(__always)
    func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    subscript(index: Int) -> ArraySlice<UInt8> { bytes[range(index)] }

    func string(_ index: Int) -> String {
        String(decoding: bytes[range(index)], as: UTF8.self)
    }

    mutating func append(_ text: Span<UInt8>) {
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends.append(UInt32(bytes.count))
    }

    mutating func append(_ text: some Sequence<UInt8>) {
        bytes.append(contentsOf: text)
        ends.append(UInt32(bytes.count))
    }

    /// Adds bytes to the last text.
    mutating func extend(_ text: Span<UInt8>) {
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        ends[ends.count - 1] = UInt32(bytes.count)
    }

    /// The same texts without memory for more.
    func trimmed() -> TextTable {
        var result = self
        result.bytes = bytes.trimmed()
        result.ends = ends.trimmed()
        return result
    }

    mutating func reserveCapacity(texts: Int, bytes byteCount: Int) {
        ends.reserveCapacity(texts)
        bytes.reserveCapacity(byteCount)
    }

    func compare(_ index: Int, _ other: TextTable, _ otherIndex: Int) -> Int {
        compare(bytes: range(index), other, bytes: other.range(otherIndex))
    }

    /// Inlined, since a table that is passed on is counted, which costs more than the comparison.
    @inline(__always)
    func compare(bytes range: Range<Int>, _ other: TextTable, bytes otherRange: Range<Int>) -> Int {
        ByteOrder.compare(
            bytes.span.extracting(range),
            other.bytes.span.extracting(otherRange)
        )
    }

    func equals(_ index: Int, _ text: Span<UInt8>) -> Bool {
        let own = range(index)
        return own.count == text.count
            && ByteOrder.compare(bytes.span.extracting(own), text) == 0
    }

    /// The texts of `order`, in that order.
    func reordered(_ order: [UInt32]) -> TextTable {
        var result = TextTable()
        result.reserveCapacity(texts: order.count, bytes: bytes.count)
        for index in order { result.append(bytes[range(Int(index))]) }
        return result
    }

    func lowerCased() -> TextTable {
        lowerCased(after: TextTable())
    }

    /// `earlier` has the first of these texts in lower case already.
    func lowerCased(after earlier: TextTable) -> TextTable {
        var result = earlier
        if earlier.count == 0, LowerCase.hasCaseInASCIIOnly(bytes.span) {
            LowerCase.append(bytes.span, to: &result.bytes)
            result.ends = ends
            return result
        }
        result.reserveCapacity(texts: count, bytes: bytes.count)
        for index in earlier.count..<count {
            LowerCase.append(bytes.span.extracting(range(index)), to: &result.bytes)
            result.ends.append(UInt32(result.bytes.count))
        }
        return result
    }
}

extension Array {
    /// The same elements without memory for more: growing leaves up to half of it unused.
    func trimmed() -> [Element] {
        if capacity - count <= count / 16 { return self }
        return Array(unsafeUninitializedCapacity: count) { target, initializedCount in
            initializedCount = target.initialize(fromContentsOf: self)
        }
    }
}
