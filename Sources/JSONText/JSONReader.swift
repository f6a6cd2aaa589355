/// A pull reader over one JSON text (RFC 8259), strict: no comments, no trailing commas, no NaN, valid
/// UTF-8. It walks without recursion, so nesting costs no stack.
///
/// ```
/// try reader.beginObject()
/// while let key = try reader.nextKey() {
///     switch key {
///     case "name": name = try reader.readString()
///     default: try reader.skipValue()
///     }
/// }
/// ```
/// Each key's value must be read or skipped before the next key is asked for. An unpaired surrogate
/// escape reads as U+FFFD: one odd description must not cost a page of images.
public struct JSONReader: ~Copyable {
    @usableFromInline let text: HeldText
    @usableFromInline let limits: JSONLimits
    @usableFromInline var cursor = 0
    @usableFromInline var depth = 0
    /// The next member or element is the first of its container, so no comma stands before it.
    @usableFromInline var expectsFirst = false
    /// Where the key stands that was read last.
    @usableFromInline var keyStart = 0
    /// Which text is known.
    private let known: KnownText

    /// `earlier` is a text that was read whole: what both begin and end with is not checked again. Fails with `tooLarge`
    /// or `invalidUTF8` before anything is read.
    public init(
        _ bytes: [UInt8],
        limits: JSONLimits = JSONLimits(),
        after earlier: [UInt8] = []
    ) throws(JSONError) {
        if bytes.count > limits.byteCountMax {
            throw JSONError(.tooLarge, at: limits.byteCountMax)
        }
        let text = HeldText(bytes)
        let known = KnownText(earlier, of: text)
        let tail = bytes.count - known.tailCount
        if !UTF8Check.isValid(bytes.span, from: known.headCount, to: tail) {
            throw JSONReader.invalidUTF8(bytes)
        }
        self.text = text
        self.known = known
        self.limits = limits
    }

    /// The standard library says where.
    private static func invalidUTF8(_ bytes: [UInt8]) -> JSONError {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return JSONError(.invalidUTF8, at: 0)
        } catch {
            return JSONError(.invalidUTF8, at: error.byteOffsets.lowerBound)
        }
    }

    /// Byte offset of what is read next.
    public var offset: Int { cursor }

    /// Bytes of the text that are not read yet.
    public var byteCountLeft: Int { text.count - cursor }

    /// A copy of the bytes of a range, for example one that `skipValue` returned; traps beyond the text.
    public func bytes(_ range: Range<Int>) -> [UInt8] {
        precondition(range.lowerBound >= 0 && range.upperBound <= text.count)
        return Array(text.bytes(range))
    }

    // MARK: Containers

    public mutating func beginObject() throws(JSONError) {
        try begin(UInt8(ascii: "{"))
    }

    public mutating func beginArray() throws(JSONError) {
        try begin(UInt8(ascii: "["))
    }

    /// The next member's key, or `nil` once the object is closed.
    @inlinable @inline(__always)
    public mutating func nextKey() throws(JSONError) -> JSONKey? {
        try readKey()
    }

    /// Whether another element comes; `false` once the array is closed.
    public mutating func nextElement() throws(JSONError) -> Bool {
        try advance(to: UInt8(ascii: "]"))
    }

    /// Fails with `trailingText` unless only blanks are left.
    public mutating func finish() throws(JSONError) {
        skipBlanks()
        if cursor < text.count { throw JSONError(.trailingText, at: cursor) }
    }

    /// The text of the key that was read last.
    public var keyText: String {
        mutating get {
            let after = cursor
            defer { cursor = after }
            cursor = keyStart
            // It was checked when it was read.
            return (try? readString()) ?? ""
        }
    }

    // MARK: Values

    /// What comes next, without reading it.
    public mutating func peekKind() throws(JSONError) -> JSONKind {
        skipBlanks()
        switch nextByte {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw failure(.unexpectedByte)
        }
    }

    public mutating func readString() throws(JSONError) -> String {
        if let text = try readStringIfNext() { return text }
        _ = try peekKind()
        throw JSONError(.wrongType, at: cursor)
    }

    /// The string that comes next; `nil` if anything else does, which stays unread.
    public mutating func readStringIfNext() throws(JSONError) -> String? {
        guard isStringNext else { return nil }
        return string(try stringToken())
    }

    /// The same of a text that comes again and again, which is not made anew if it is among `texts`.
    public mutating func readStringIfNext(
        sharing texts: inout KnownTexts
    ) throws(JSONError) -> String? {
        guard isStringNext else { return nil }
        let block = text.block(at: cursor &+ 1)
        let (start, end) = (cursor &+ 1, cursor &+ 1 &+ block.byteCount)
        guard block.byteCount < 16, text[end] == UInt8(ascii: "\"") else {
            return try longString(&texts)
        }
        cursor = end &+ 1
        if let known = texts.text(block) { return known }
        let isASCII = block.highBits == 0
        let made = string(JSONToken(range: start..<end, isEscaped: false, isASCII: isASCII))
        texts.add(made, block)
        return made
    }

    private mutating func longString(_ texts: inout KnownTexts) throws(JSONError) -> String {
        let token = try stringToken()
        guard !token.isEscaped, token.range.count <= KnownTexts.textBytesMax else {
            return string(token)
        }
        let bytes = text.bytes(token.range)
        if let known = texts.text(bytes) { return known }
        let made = string(token)
        texts.add(made, bytes)
        return made
    }

    /// A string that is only compared: no copy is made. `nil` if anything else comes next, which stays
    /// unread.
    public mutating func readWordIfNext() throws(JSONError) -> JSONWord? {
        guard isStringNext else { return nil }
        return try wordToken()
    }

    /// A string's bytes as they are meant, for as long as `body` runs: no copy is made unless there are
    /// escapes. `nil` if anything else comes next, which stays unread.
    public mutating func readStringIfNext<Value>(
        _ body: (borrowing Span<UInt8>) -> Value
    ) throws(JSONError) -> Value? {
        guard isStringNext else { return nil }
        let token = try stringToken()
        guard !token.isEscaped else { return body(unescaped(token).span) }
        return body(text.bytes(token.range).span)
    }

    /// A string of exactly that many bytes, for which `body` has a value only if they are plain text: no quotes,
    /// backslashes or control characters. `nil` if anything else comes next, which stays unread.
    public mutating func readPlainStringIfNext<Value>(
        byteCount: Int,
        _ body: (borrowing Span<UInt8>) -> Value?
    ) -> Value? {
        guard isStringNext, byteCount <= text.count - cursor - 2 else { return nil }
        let (start, end) = (cursor + 1, cursor + 1 + byteCount)
        guard text[end] == UInt8(ascii: "\""), let value = body(text.bytes(start..<end).span) else {
            return nil
        }
        cursor = end + 1
        return value
    }

    public mutating func readBool() throws(JSONError) -> Bool {
        try expect(.bool)
        let value = nextByte == UInt8(ascii: "t")
        try literal(value ? "true" : "false")
        return value
    }

    /// Reads `null` if it comes next.
    public mutating func readNull() throws(JSONError) -> Bool {
        guard try peekKind() == .null else { return false }
        try literal("null")
        return true
    }

    /// The number as it is written, checked against the grammar and never rounded.
    public mutating func readNumberText() throws(JSONError) -> String {
        try expect(.number)
        return string(number: try numberToken())
    }

    /// The same of the number that comes next; `nil` if anything else does, which stays unread.
    public mutating func readNumberTextIfNext() throws(JSONError) -> String? {
        skipBlanks()
        guard nextByte &- 48 < 10 || nextByte == UInt8(ascii: "-") else { return nil }
        return string(number: try numberToken())
    }

    /// An integer written without fraction or exponent; `nil` for any other number or one beyond 64 bits.
    public mutating func readInteger() throws(JSONError) -> Int64? {
        try expect(.number)
        return integer(try numberToken())
    }

    /// Any scalar as text; `nil` for null, and for an object or array, which is skipped.
    public mutating func readScalarText() throws(JSONError) -> String? {
        switch try peekKind() {
        case .string: return try readString()
        case .number: return try readNumberText()
        case .bool: return try readBool() ? "true" : "false"
        case .null, .object, .array:
            try skipValue()
            return nil
        }
    }

    /// Skips one value of any kind, fully checked, and says where it stood.
    @discardableResult
    public mutating func skipValue() throws(JSONError) -> Range<Int> {
        let kind = try peekKind()
        let start = cursor
        switch kind {
        case .string: _ = try stringToken()
        case .number: _ = try numberToken()
        case .bool: _ = try readBool()
        case .null: _ = try readNull()
        case .object, .array: try skipContainer()
        }
        return start..<cursor
    }

    /// Skips what comes next if it is, byte for byte, what stands there in the text that was read before, where it is
    /// one whole object. Traps beyond that text.
    public mutating func skip(known object: Range<Int>) -> Bool {
        skipBlanks()
        guard known.stands(object, in: text, at: cursor) else { return false }
        cursor += object.count
        return true
    }

    /// Skips nested containers with a stack of brackets instead of recursion.
    private mutating func skipContainer() throws(JSONError) {
        var brackets = BracketStack()
        repeat {
            switch try peekKind() {
            case .object:
                try beginObject()
                brackets.push(isObject: true)
            case .array:
                try beginArray()
                brackets.push(isObject: false)
            default: try skipValue()
            }
            while !brackets.isEmpty {
                if try brackets.isInObject ? readKey() != nil : nextElement() { break }
                brackets.pop()
            }
        } while !brackets.isEmpty
    }
}
