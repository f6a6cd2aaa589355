/// Writes numbers and arrays of a snapshot and hashes them, whole arrays without a copy.
struct SnapshotOutput {
    private let target: any SnapshotTarget
    private var hash = StableHash()
    /// Small things since the last array.
    private var pending: [UInt8] = []

    init(_ target: any SnapshotTarget) {
        self.target = target
    }

    mutating func word(_ word: UInt64) {
        hash.combine(word)
        withUnsafeBytes(of: word.littleEndian) { pending.append(contentsOf: $0) }
    }

    mutating func value(_ value: UInt128) {
        word(UInt64(truncatingIfNeeded: value))
        word(UInt64(truncatingIfNeeded: value >> 64))
    }

    /// As many as the reader knows of.
    mutating func bytes(_ bytes: [UInt8]) {
        hash.combine(bytes.span)
        pending += bytes
    }

    /// Left out of the hash.
    mutating func unhashed(_ bytes: [UInt8]) {
        pending += bytes
    }

    /// Elements as they lie in memory: every machine that this runs on is little-endian, and the head of a
    /// file says so.
    mutating func array<Element: BitwiseCopyable>(
        _ array: [Element]
    ) throws(SnapshotFileError) {
        word(UInt64(array.count))
        hash.combine(elements: array.span)
        try flush()
        try array.span.withUnsafeBytes { bytes throws(SnapshotFileError) in
            try target.write(bytes)
        }
    }

    mutating func table(_ table: TextTable) throws(SnapshotFileError) {
        try array(table.ends)
        try array(table.bytes)
    }

    mutating func finish() throws(SnapshotFileError) {
        value(hash.value)
        try flush()
    }

    private mutating func flush() throws(SnapshotFileError) {
        try pending.span.withUnsafeBytes { bytes throws(SnapshotFileError) in
            try target.write(bytes)
        }
        pending.removeAll(keepingCapacity: true)
    }
}

extension StableHash {
    /// The elements as they lie in memory.
    mutating func combine<Element: BitwiseCopyable>(elements: Span<Element>) {
        elements.withUnsafeBytes { combine($0.bindMemory(to: UInt8.self).span) }
    }
}
