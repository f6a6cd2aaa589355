/// Walks a JSON5 text once and notes where each key and value stands.
///
/// It decides no values: those come from Foundation's decoder, which keeps no positions. It is a little
/// stricter than JSON5 where that decoder departs from JSON5 (see `JSON5Scanner+Strings.swift`), so a
/// text that passes here passes there; a test holds the two together.
struct JSON5Scanner {
    /// Nested lists and objects; keeps the walk, which recurses, far from the end of the stack.
    static let depthMax = 64

    let bytes: [UInt8]
    var offset = 0
    private(set) var index = PositionIndex()
    private var depth = 0
    /// False within the value of a repeated key, which the decoder drops.
    private var isRecording = true

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The positions of the one value that the text holds.
    static func index(of bytes: [UInt8]) throws(JSON5SyntaxError) -> PositionIndex {
        var scanner = JSON5Scanner(bytes)
        try scanner.skipBlanks()
        try scanner.scanValue(at: .root, key: nil)
        try scanner.skipBlanks()
        guard scanner.peek == nil else {
            throw scanner.failure("there is more text after the end of the document")
        }
        return scanner.index
    }

    var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    func failure(_ message: String, _ hint: String? = nil, at place: Int? = nil) -> JSON5SyntaxError
    {
        JSON5SyntaxError(offset: place ?? offset, message: message, suggestion: hint)
    }

    private mutating func scanValue(
        at path: ConfigurationPath,
        key: Int?
    ) throws(JSON5SyntaxError) {
        if isRecording { index.record(path, key: key, value: offset) }
        switch peek {
        case UInt8(ascii: "{"):
            try nested { scanner throws(JSON5SyntaxError) in try scanner.scanObject(at: path) }
        case UInt8(ascii: "["):
            try nested { scanner throws(JSON5SyntaxError) in try scanner.scanList(at: path) }
        case UInt8(ascii: "\""), UInt8(ascii: "'"): _ = try scanString()
        default: try scanWord()
        }
    }

    private mutating func nested(
        _ body: (inout JSON5Scanner) throws(JSON5SyntaxError) -> Void
    ) throws(JSON5SyntaxError) {
        guard depth < Self.depthMax else {
            throw failure("lists and objects are nested more than \(Self.depthMax) deep")
        }
        depth += 1
        offset += 1
        try body(&self)
        depth -= 1
    }

    private mutating func scanList(at path: ConfigurationPath) throws(JSON5SyntaxError) {
        let start = offset - 1
        var count = 0
        while try !closes(with: UInt8(ascii: "]"), "list", start) {
            try scanValue(at: path.appending(count), key: nil)
            count += 1
            try separate(before: UInt8(ascii: "]"), "list", start)
        }
    }

    private mutating func scanObject(at path: ConfigurationPath) throws(JSON5SyntaxError) {
        let start = offset - 1
        var known: Set<String> = []
        while try !closes(with: UInt8(ascii: "}"), "object", start) {
            try scanMember(of: path, known: &known)
            try separate(before: UInt8(ascii: "}"), "object", start)
        }
    }

    private mutating func scanMember(
        of path: ConfigurationPath,
        known: inout Set<String>
    ) throws(JSON5SyntaxError) {
        let start = offset
        let name = try scanKey()
        try skipBlanks()
        try expectColon()
        try skipBlanks()
        let member = path.appending(name)
        let wasRecording = isRecording
        if !known.insert(name).inserted {
            if isRecording { index.recordDuplicate(member, at: start) }
            isRecording = false
        }
        try scanValue(at: member, key: start)
        isRecording = wasRecording
    }

    /// The key is not repeated: where a colon is missing it may be a value, and that a secret.
    private mutating func expectColon() throws(JSON5SyntaxError) {
        guard peek == UInt8(ascii: ":") else {
            throw failure("a colon must stand between key and value")
        }
        offset += 1
    }

    /// Whether the list or object ends here; consumes the bracket.
    private mutating func closes(
        with bracket: UInt8,
        _ what: String,
        _ start: Int
    ) throws(JSON5SyntaxError) -> Bool {
        try skipBlanks()
        guard let byte = peek else { throw unclosed(what, start) }
        if byte == bracket { offset += 1 }
        return byte == bracket
    }

    /// A comma, or the closing bracket, which stays.
    private mutating func separate(
        before bracket: UInt8,
        _ what: String,
        _ start: Int
    ) throws(JSON5SyntaxError) {
        try skipBlanks()
        guard let byte = peek else { throw unclosed(what, start) }
        if byte == UInt8(ascii: ",") { return offset += 1 }
        guard byte != bracket else { return }
        let end = String(Unicode.Scalar(bracket))
        throw failure("a comma or \"\(end)\" is missing before \(describeNext())")
    }

    private func unclosed(_ what: String, _ start: Int) -> JSON5SyntaxError {
        let line = SourceText(bytes).place(of: start).line
        return failure("the text ends inside the \(what) that opens on line \(line)")
    }
}
