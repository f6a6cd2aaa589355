import ImageModel

/// A pattern over a whole name: `*` stands for any text, `?` for one character (Unicode scalar), every other
/// character for itself in any case. Blanks count.
struct NamePattern: Sendable {
    private let pattern: [UInt8]
    private let hasWildcards: Bool
    /// The longest part between wildcards; every name that matches contains it.
    let literal: [UInt8]
    /// What stands before the first wildcard: every name that matches begins with it.
    let prefix: [UInt8]
    /// Whether every name that begins so matches.
    let isPrefix: Bool

    init(_ text: String) {
        pattern = LowerCase.bytes(of: text)
        hasWildcards = pattern.contains { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        let parts = pattern.split { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        literal = Array(parts.max { $0.count < $1.count } ?? [])
        let isWildcard: (UInt8) -> Bool = { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        prefix = Array(pattern.prefix { !isWildcard($0) })
        let rest = pattern.dropFirst(prefix.count)
        isPrefix = !rest.isEmpty && rest.allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Whether names that match can be found by how they begin.
    var isAnchored: Bool { !prefix.isEmpty && prefix.count <= ImageOrder.textBytesMax }

    /// `name` is lower-cased. Linear in practice, at worst the product of both lengths; never recursive.
    func matches(_ name: Span<UInt8>) -> Bool {
        if !hasWildcards { return ByteOrder.compare(pattern.span, name) == 0 }
        var (offset, patternOffset) = (0, 0)
        var retry: (patternOffset: Int, offset: Int)?
        while offset < name.count {
            if patternOffset < pattern.count, pattern[patternOffset] == UInt8(ascii: "*") {
                patternOffset += 1
                retry = (patternOffset, offset)
            } else if patternOffset < pattern.count, pattern[patternOffset] == UInt8(ascii: "?") {
                patternOffset += 1
                offset = NamePattern.next(name, offset)
            } else if patternOffset < pattern.count, pattern[patternOffset] == name[offset] {
                patternOffset += 1
                offset += 1
            } else if let last = retry {
                offset = NamePattern.next(name, last.offset)
                patternOffset = last.patternOffset
                retry = (last.patternOffset, offset)
            } else {
                return false
            }
        }
        return pattern[patternOffset...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Behind the scalar at `offset`.
    private static func next(_ name: Span<UInt8>, _ offset: Int) -> Int {
        var offset = offset + 1
        while offset < name.count, name[offset] & 0xC0 == 0x80 { offset += 1 }
        return offset
    }
}
