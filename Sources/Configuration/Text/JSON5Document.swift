import FoundationEssentials

/// A parsed document: Foundation's values and our positions.
struct JSON5Document: Sendable {
    let source: SourceText
    let tree: JSON5Tree
    let index: PositionIndex

    /// Upper bound on bytes of a configuration file.
    static let bytesMax = 1 << 20

    init(_ text: [UInt8]) throws(JSON5SyntaxError) {
        let bytes = Self.withoutMark(text)
        guard bytes.count <= Self.bytesMax else {
            throw JSON5SyntaxError(offset: 0, message: "the file is larger than 1 MiB")
        }
        try Self.checkEncoding(bytes)
        // The scanner must come first: Foundation's decoder reads past the end of some texts that are no
        // numbers, such as `1e`, and traps.
        index = try JSON5Scanner.index(of: bytes)
        tree = try Self.decode(bytes)
        source = SourceText(bytes)
    }

    /// The bytes that positions are counted in: a byte order mark has no column.
    static func withoutMark(_ bytes: [UInt8]) -> [UInt8] {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    private static func decode(_ bytes: [UInt8]) throws(JSON5SyntaxError) -> JSON5Tree {
        let decoder = JSONDecoder()
        decoder.allowsJSON5 = true
        do {
            // Blank at the end: the decoder looks one byte beyond a number that ends the text, and what it finds
            // there may make it trap.
            return try decoder.decode(JSON5Tree.self, from: Data(bytes + [0x0A]))
        } catch {
            // The scanner is the stricter of the two, so this is the net below it: no place is known.
            throw JSON5SyntaxError(offset: 0, message: "the file is not valid JSON5")
        }
    }

    private static func checkEncoding(_ bytes: [UInt8]) throws(JSON5SyntaxError) {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): offset += UTF8.width(scalar)
            case .emptyInput: return
            case .error: throw JSON5SyntaxError(offset: offset, message: "this is not UTF-8")
            }
        }
    }
}
