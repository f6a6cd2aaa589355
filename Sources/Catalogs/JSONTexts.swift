/// Texts that are written as JSON. Which of them need escapes is known beforehand, so the others, nearly all,
/// are copied as they are.
struct JSONTexts: Sendable {
    let texts: TextTable
    /// `nil` where no text needs any.
    private let escaped: RowSet?

    /// `earlier` has the first of the texts.
    init(_ texts: TextTable, after earlier: JSONTexts? = nil) {
        self.texts = texts
        let known = earlier?.plainByteCount ?? 0
        guard JSONTexts.needsEscape(texts.bytes.span.extracting(known...)) else {
            escaped = nil
            return
        }
        var escaped = RowSet(rowCount: texts.count)
        for index in 0..<texts.count
        where JSONTexts.needsEscape(texts.bytes.span.extracting(texts.range(index))) {
            escaped.insert(index)
        }
        self.escaped = escaped
    }

    /// Bytes at the front that are known to need none.
    private var plainByteCount: Int { escaped == nil ? texts.bytes.count : 0 }

    /// Bytes that the contents of a text take at most.
    @inline(__always)
    func bound(_ index: Int) -> Int {
        let count = texts.range(index).count
        return isEscaped(index) ? count * ByteCursor.escapeBytesMax : count
    }

    /// Writes what stands between the quotes.
    @inline(__always)
    func write(_ index: Int, to cursor: inout ByteCursor) {
        let text = texts.bytes.span.extracting(texts.range(index))
        if isEscaped(index) { cursor.escaped(text) } else { cursor.copy(text) }
    }

    @inline(__always)
    private func isEscaped(_ index: Int) -> Bool { escaped?.contains(index) ?? false }

    /// In blocks without a branch inside, so that it runs on vectors and stops early.
    private static func needsEscape(_ text: Span<UInt8>) -> Bool {
        text.withUnsafeBufferPointer { text in
            var offset = 0
            while offset < text.count {
                let end = min(offset + 4_096, text.count)
                var found: UInt8 = 0
                for index in offset..<end {
                    let byte = text[index]
                    let isControl: UInt8 = byte < 0x20 ? 1 : 0
                    let isQuote: UInt8 = byte == UInt8(ascii: "\"") ? 1 : 0
                    let isBackslash: UInt8 = byte == UInt8(ascii: "\\") ? 1 : 0
                    found |= isControl | isQuote | isBackslash
                }
                if found != 0 { return true }
                offset = end
            }
            return false
        }
    }
}
