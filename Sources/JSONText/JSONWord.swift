/// A short text in registers, compared with literals in a few instructions and without a copy:
/// `switch word { case "active": … }`.
///
/// Holds the length and the first 32 bytes. Texts compare by their bytes, not like `String`, which takes
/// composed and decomposed letters for the same.
public struct JSONWord: Sendable {
    /// Bytes of the text, which may be more than are held.
    @usableFromInline let byteCount: Int
    /// Eight bytes each, zeros behind a shorter text.
    @usableFromInline var head: UInt64
    @usableFromInline var second: UInt64
    @usableFromInline var third: UInt64
    @usableFromInline var fourth: UInt64

    /// Upper bound on bytes of a literal to compare with.
    @usableFromInline static let literalBytesMax = 32

    /// `start` must point to `count` bytes, of which none beyond is read.
    @_transparent
    @usableFromInline
    init(_ start: UnsafeRawPointer, count: Int) {
        byteCount = count
        head = JSONWord.load(start, count)
        second = count > 8 ? JSONWord.load(start + 8, count &- 8) : 0
        third = count > 16 ? JSONWord.load(start + 16, count &- 16) : 0
        fourth = count > 24 ? JSONWord.load(start + 24, count &- 24) : 0
    }

    /// A text of at most sixteen bytes.
    @inlinable @inline(__always)
    init(_ block: TextBlock) {
        byteCount = block.byteCount
        head = block.head
        second = block.second
        third = 0
        fourth = 0
    }

    public init(_ text: borrowing Span<UInt8>) {
        // Fenced: the pointer is read within the call.
        self = text.withUnsafeBytes { bytes in
            bytes.baseAddress.map { JSONWord($0, count: bytes.count) } ?? JSONWord("")
        }
    }

    @_transparent
    @usableFromInline
    init(_ literal: StaticString) {
        precondition(literal.utf8CodeUnitCount <= JSONWord.literalBytesMax, "too long a literal")
        self.init(UnsafeRawPointer(literal.utf8Start), count: literal.utf8CodeUnitCount)
    }

    public var isEmpty: Bool { byteCount == 0 }

    /// With the letters A to Z in lower case; of texts beyond 32 bytes not all.
    public var lowercasedASCII: JSONWord {
        var word = self
        word.head = JSONWord.lowercased(head)
        word.second = JSONWord.lowercased(second)
        word.third = JSONWord.lowercased(third)
        word.fourth = JSONWord.lowercased(fourth)
        return word
    }

    // Transparent, so that the compiler reduces a literal to numbers wherever one is compared with;
    // as an inlinable function it does so for the first few cases of a switch only.
    @_transparent
    public static func == (word: JSONWord, literal: StaticString) -> Bool {
        let other = JSONWord(literal)
        return word.byteCount == other.byteCount && word.head == other.head
            && (other.byteCount <= 8 || word.second == other.second)
            && (other.byteCount <= 16 || word.third == other.third)
            && (other.byteCount <= 24 || word.fourth == other.fourth)
    }

    @_transparent
    public static func ~= (literal: StaticString, word: JSONWord) -> Bool { word == literal }

    /// The first 8 bytes, or all of fewer, by loads that may overlap and never reach beyond the text.
    @_transparent
    @usableFromInline
    static func load(_ start: UnsafeRawPointer, _ count: Int) -> UInt64 {
        if count >= 8 { return start.loadUnaligned(as: UInt64.self).littleEndian }
        if count >= 4 {
            let low = UInt64(start.loadUnaligned(as: UInt32.self).littleEndian)
            let high = (start + (count &- 4)).loadUnaligned(as: UInt32.self).littleEndian
            return low | UInt64(high) &<< UInt64(truncatingIfNeeded: (count &- 4) &* 8)
        }
        if count >= 2 {
            let low = UInt64(start.loadUnaligned(as: UInt16.self).littleEndian)
            let last = (start + (count &- 1)).load(as: UInt8.self)
            return low | UInt64(last) &<< UInt64(truncatingIfNeeded: (count &- 1) &* 8)
        }
        return count == 1 ? UInt64(start.load(as: UInt8.self)) : 0
    }

    /// All eight bytes at once: `(byte | 0x20)` where the byte is one of A to Z.
    private static func lowercased(_ bytes: UInt64) -> UInt64 {
        let low = bytes & 0x7F7F_7F7F_7F7F_7F7F
        let isFromA = low &+ 0x3F3F_3F3F_3F3F_3F3F
        let isBeyondZ = low &+ 0x2525_2525_2525_2525
        let isCapital = isFromA & ~isBeyondZ & ~bytes & 0x8080_8080_8080_8080
        return bytes | isCapital >> 2
    }
}

/// A member's key, compared without being copied: `switch key { case "name": … }`. Its text is
/// `JSONReader.keyText`.
public typealias JSONKey = JSONWord

/// Lets `switch` take the words of a member that may be missing.
@_transparent
public func ~= (literal: StaticString, word: JSONWord?) -> Bool {
    guard let word else { return false }
    return word == literal
}

@_transparent
public func == (word: JSONWord?, literal: StaticString) -> Bool {
    guard let word else { return false }
    return word == literal
}
