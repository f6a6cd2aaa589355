/// The document's bytes with its lines, so that an offset can be shown as line and column.
struct SourceText: Sendable {
    let bytes: [UInt8]
    /// Offsets of the first byte of each line, ascending; the first is 0.
    private let lineStarts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where Self.endsLine(byte, at: offset, in: bytes) {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }

    /// 1-based line and column; columns count Unicode scalars.
    func place(of offset: Int) -> (line: Int, column: Int) {
        let end = min(offset, bytes.count)
        let line = lineIndex(of: end)
        let head = bytes[lineStarts[line]..<end]
        return (line + 1, head.count { !Self.isContinuation($0) } + 1)
    }

    private func lineIndex(of offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    private static func endsLine(_ byte: UInt8, at offset: Int, in bytes: [UInt8]) -> Bool {
        if byte == 0x0A { return true }
        let next = offset + 1
        return byte == 0x0D && !(next < bytes.count && bytes[next] == 0x0A)
    }

    private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
