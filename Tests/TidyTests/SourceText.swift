/// A Swift file, line by line, with and without its comments and the contents of its strings.
struct SourceText {
    /// Lines as they are written.
    private(set) var lines: [Substring]
    /// The same lines without comments and without what stands inside string literals.
    private(set) var codeLines: [String]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        var stripper = CodeStripper()
        codeLines = lines.map { stripper.code(of: $0) }
    }
}

/// Takes comments and string contents out of Swift lines; what is open at the end of a line stays open.
/// Interpolations count as code.
private struct CodeStripper {
    private enum Mode {
        case code(parenthesisDepth: Int)
        case blockComment
        case string(isMultiline: Bool, hashCount: Int)
    }

    /// The innermost mode is last; the outermost is always code.
    private var modes: [Mode] = [.code(parenthesisDepth: 0)]

    mutating func code(of line: Substring) -> String {
        let bytes = Array(line.utf8)
        // Most lines hold neither quotes nor slashes.
        if modes.count == 1, !bytes.contains(UInt8(ascii: "\"")), !bytes.contains(UInt8(ascii: "/"))
        {
            return String(line)
        }
        var code: [UInt8] = []
        var offset = 0
        while offset < bytes.count {
            switch modes[modes.count - 1] {
            case .blockComment: skipBlockComment(bytes, &offset)
            case .string(let isMultiline, let hashCount):
                skipString(bytes, &offset, isMultiline, hashCount)
            case .code(let depth):
                if starts(bytes, offset, "//") {
                    offset = bytes.count
                } else {
                    readCode(bytes, &offset, depth, into: &code)
                }
            }
        }
        // A string literal without closing quote on its line is no literal we understand.
        if case .string(isMultiline: false, _) = modes[modes.count - 1] { modes.removeLast() }
        return String(decoding: code, as: UTF8.self)
    }

    private mutating func readCode(
        _ bytes: [UInt8],
        _ offset: inout Int,
        _ depth: Int,
        into code: inout [UInt8]
    ) {
        let byte = bytes[offset]
        if starts(bytes, offset, "/*") {
            modes.append(.blockComment)
            offset += 2
        } else if let opening = opening(bytes, offset) {
            modes.append(.string(isMultiline: opening.isMultiline, hashCount: opening.hashCount))
            offset += opening.byteCount
        } else if byte == UInt8(ascii: ")"), depth == 1, modes.count > 1 {
            modes.removeLast()
            offset += 1
        } else {
            let change = byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
            modes[modes.count - 1] = .code(parenthesisDepth: depth + change)
            code.append(byte)
            offset += 1
        }
    }

    private mutating func skipBlockComment(_ bytes: [UInt8], _ offset: inout Int) {
        if starts(bytes, offset, "*/") {
            modes.removeLast()
            offset += 2
        } else {
            offset += 1
        }
    }

    private mutating func skipString(
        _ bytes: [UInt8],
        _ offset: inout Int,
        _ isMultiline: Bool,
        _ hashCount: Int
    ) {
        let hashes = String(repeating: "#", count: hashCount)
        let closing = (isMultiline ? "\"\"\"" : "\"") + hashes
        if starts(bytes, offset, closing) {
            modes.removeLast()
            offset += closing.utf8.count
        } else if starts(bytes, offset, "\\" + hashes + "(") {
            modes.append(.code(parenthesisDepth: 1))
            offset += 2 + hashCount
        } else {
            offset += hashCount == 0 && bytes[offset] == UInt8(ascii: "\\") ? 2 : 1
        }
    }

    private func opening(
        _ bytes: [UInt8],
        _ offset: Int
    ) -> (isMultiline: Bool, hashCount: Int, byteCount: Int)? {
        guard bytes[offset] == UInt8(ascii: "\"") || bytes[offset] == UInt8(ascii: "#") else {
            return nil
        }
        var hashCount = 0
        while starts(bytes, offset + hashCount, "#") { hashCount += 1 }
        guard starts(bytes, offset + hashCount, "\"") else { return nil }
        let isMultiline = starts(bytes, offset + hashCount, "\"\"\"")
        return (isMultiline, hashCount, hashCount + (isMultiline ? 3 : 1))
    }

    private func starts(_ bytes: [UInt8], _ offset: Int, _ text: String) -> Bool {
        var offset = offset
        for byte in text.utf8 {
            guard offset < bytes.count, bytes[offset] == byte else { return false }
            offset += 1
        }
        return true
    }
}
