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
public struct JSONReader: Sendable {
    @usableFromInline let bytes: [UInt8]
    @usableFromInline let limits: JSONLimits
    @usableFromInline var cursor = 0
    @usableFromInline var depth = 0
    /// The next member or element is the first of its container, so no comma stands before it.
    @usableFromInline var expectsFirst = false

    /// Fails with `tooLarge` or `invalidUTF8` before anything is read.
    public init(_ bytes: [UInt8], limits: JSONLimits = JSONLimits()) throws(JSONError) {
        if bytes.count > limits.byteCountMax {
            throw JSONError(.tooLarge, at: limits.byteCountMax)
        }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw JSONError(.invalidUTF8, at: error.byteOffsets.lowerBound)
        }
        self.bytes = bytes
        self.limits = limits
    }

    /// Byte offset of what is read next.
    public var offset: Int { cursor }

    /// The bytes of a range that `skipValue` returned.
    public func slice(_ range: Range<Int>) -> ArraySlice<UInt8> { bytes[range] }

    // MARK: Containers

    public mutating func beginObject() throws(JSONError) {
        try begin(UInt8(ascii: "{"))
    }

    public mutating func beginArray() throws(JSONError) {
        try begin(UInt8(ascii: "["))
    }

    /// The next member's key, or `nil` once the object is closed.
    public mutating func nextKey() throws(JSONError) -> JSONKey? {
        guard try advance(to: UInt8(ascii: "}")) else { return nil }
        let key = try stringToken()
        skipBlanks()
        try expect(UInt8(ascii: ":"))
        return JSONKey(bytes: bytes, range: key.range, isEscaped: key.isEscaped)
    }

    /// Whether another element comes; `false` once the array is closed.
    public mutating func nextElement() throws(JSONError) -> Bool {
        try advance(to: UInt8(ascii: "]"))
    }

    /// Fails with `trailingText` unless only blanks are left.
    public mutating func finish() throws(JSONError) {
        skipBlanks()
        if cursor < bytes.count { throw JSONError(.trailingText, at: cursor) }
    }

    // MARK: Values

    /// What comes next, without reading it.
    public mutating func peekKind() throws(JSONError) -> JSONKind {
        skipBlanks()
        switch try currentByte() {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw JSONError(.unexpectedByte, at: cursor)
        }
    }

    public mutating func readString() throws(JSONError) -> String {
        guard try peekKind() == .string else { throw JSONError(.wrongType, at: cursor) }
        let token = try stringToken()
        return JSONKey.text(bytes, token.range, isEscaped: token.isEscaped)
    }

    public mutating func readBool() throws(JSONError) -> Bool {
        guard try peekKind() == .bool else { throw JSONError(.wrongType, at: cursor) }
        let value = bytes[cursor] == UInt8(ascii: "t")
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
        guard try peekKind() == .number else { throw JSONError(.wrongType, at: cursor) }
        return String(decoding: bytes[try numberToken()], as: UTF8.self)
    }

    /// An integer written without fraction or exponent; `nil` for any other number or one beyond 64 bits.
    public mutating func readInteger() throws(JSONError) -> Int64? {
        Int64(try readNumberText())
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

    /// Skips nested containers with a stack of closing brackets instead of recursion.
    private mutating func skipContainer() throws(JSONError) {
        var isObject: [Bool] = []
        repeat {
            switch try peekKind() {
            case .object:
                try beginObject()
                isObject.append(true)
            case .array:
                try beginArray()
                isObject.append(false)
            default: try skipValue()
            }
            while let inObject = isObject.last {
                let more = inObject ? try nextKey() != nil : try nextElement()
                if more { break }
                isObject.removeLast()
            }
        } while !isObject.isEmpty
    }
}
