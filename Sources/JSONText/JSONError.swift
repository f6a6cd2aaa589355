/// Why a text is not the JSON that was asked for, and at which byte.
public struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Code: String, Sendable, Hashable {
        case unexpectedEnd = "unexpected end of text"
        case unexpectedByte = "unexpected byte"
        case invalidUTF8 = "invalid UTF-8"
        case invalidEscape = "invalid escape"
        case controlCharacter = "unescaped control character"
        case invalidNumber = "invalid number"
        case invalidLiteral = "invalid literal"
        case wrongType = "value of another type"
        case tooDeep = "nested too deep"
        case tooLarge = "too large"
        case trailingText = "text after the document"
        case noReadableRow = "a list of which no element can be read"
    }

    public var code: Code
    /// Byte offset in the text.
    public var offset: Int

    public init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }

    public var description: String { "\(code.rawValue) at byte \(offset)" }
}

/// Bounds on what a reader accepts.
public struct JSONLimits: Sendable, Hashable {
    /// Objects and arrays inside one another.
    public var depthMax: Int
    public var byteCountMax: Int

    public init(depthMax: Int = 64, byteCountMax: Int = 1 << 30) {
        self.depthMax = depthMax
        self.byteCountMax = byteCountMax
    }
}

/// What kind of value comes next.
public enum JSONKind: Sendable, Hashable {
    case object, array, string, number, bool, null
}
