/// Reads numbers and arrays of a stored snapshot, hashes them as they come and believes none of them.
struct SnapshotInput {
    private let source: any SnapshotSource
    private var hash = StableHash()
    /// Whether what was read must be what was written. Only bytes of a fuzzer need not.
    let isHashChecked: Bool

    init(_ source: any SnapshotSource, isHashChecked: Bool = true) {
        self.source = source
        self.isHashChecked = isHashChecked
    }

    mutating func word() throws(SnapshotFileError) -> UInt64 {
        let word = try plainWord()
        hash.combine(word)
        return word
    }

    mutating func value() throws(SnapshotFileError) -> UInt128 {
        let low = try word()
        return UInt128(try word()) << 64 | UInt128(low)
    }

    mutating func bytes(_ count: Int) throws(SnapshotFileError) -> [UInt8] {
        let bytes = try unhashed(count)
        hash.combine(bytes.span)
        return bytes
    }

    mutating func unhashed(_ count: Int) throws(SnapshotFileError) -> [UInt8] {
        try elements(count)
    }

    /// An array of any length that the rest of the bytes has room for.
    mutating func array<Element: BitwiseCopyable>(
        of: Element.Type = Element.self
    ) throws(SnapshotFileError) -> [Element] {
        let count = try word()
        guard count <= UInt64(max(0, source.remaining)) else { throw .truncated }
        let array: [Element] = try elements(Int(count))
        hash.combine(elements: array.span)
        return array
    }

    /// An array of so many elements.
    mutating func array<Element: BitwiseCopyable>(
        _ count: Int,
        _ name: String
    ) throws(SnapshotFileError) -> [Element] {
        let array = try array(of: Element.self)
        guard array.count == count else { throw .damaged(name) }
        return array
    }

    /// As many numbers, each below a bound.
    mutating func tokens(
        _ count: Int,
        below bound: Int,
        from first: UInt32 = 0,
        _ name: String
    ) throws(SnapshotFileError) -> [UInt32] {
        let tokens: [UInt32] = try array(count, name)
        var (least, greatest) = (UInt32.max, UInt32.min)
        for token in tokens {
            least = min(least, token)
            greatest = max(greatest, token)
        }
        guard tokens.isEmpty || (least >= first && Int(greatest) < bound) else {
            throw .damaged(name)
        }
        return tokens
    }

    /// Each of the numbers below `count` once.
    mutating func permutation(_ count: Int, _ name: String) throws(SnapshotFileError) -> [UInt32] {
        let numbers = try tokens(count, below: count, name)
        var seen = RowSet(rowCount: count)
        for number in numbers { seen.insert(Int(number)) }
        // As many as there are rows and each below their count: all are there if none is missing.
        guard seen.isFull else { throw .damaged(name) }
        return numbers
    }

    /// Texts of well-formed UTF-8.
    mutating func table(_ name: String) throws(SnapshotFileError) -> TextTable {
        let table = try blobs(name)
        guard table.isUTF8 else { throw .damaged(name) }
        return table
    }

    /// Texts of any bytes.
    mutating func blobs(_ name: String) throws(SnapshotFileError) -> TextTable {
        let ends = try array(of: UInt32.self)
        guard let table = TextTable(bytes: try array(), ends: ends) else { throw .damaged(name) }
        return table
    }

    /// The hash, and nothing behind it.
    mutating func finish() throws(SnapshotFileError) {
        let expected = hash.value
        guard try value() == expected || !isHashChecked else { throw .damaged("checksum") }
        guard source.remaining == 0 else { throw .damaged("end") }
    }

    private mutating func plainWord() throws(SnapshotFileError) -> UInt64 {
        var word: UInt64 = 0
        let isRead = withUnsafeMutableBytes(of: &word) { source.read(into: $0) }
        guard isRead else { throw .truncated }
        return UInt64(littleEndian: word)
    }

    private func elements<Element: BitwiseCopyable>(
        _ count: Int
    ) throws(SnapshotFileError) -> [Element] {
        let (byteCount, isTooLarge) = count.multipliedReportingOverflow(
            by: MemoryLayout<Element>.stride
        )
        guard !isTooLarge, byteCount <= source.remaining else { throw .truncated }
        var isRead = false
        let array = [Element](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            isRead = source.read(into: UnsafeMutableRawBufferPointer(buffer))
            initializedCount = isRead ? count : 0
        }
        guard isRead else { throw .truncated }
        return array
    }
}
