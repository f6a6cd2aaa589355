import ImageModel

/// A pattern over a whole name: `*` stands for any text, `?` for one character (Unicode scalar), every other
/// character for itself in any case. Blanks count.
struct NamePattern: Sendable {
    private let pattern: [UInt8]
    /// `nil` for a pattern without any.
    private let wildcards: Wildcards?
    /// The longest part between wildcards; every name that matches contains it.
    let literal: [UInt8]
    /// What stands before the first wildcard: every name that matches begins with it.
    let prefix: [UInt8]
    /// Whether every name that begins so matches.
    let isPrefix: Bool

    init(_ text: String) {
        pattern = LowerCase.bytes(of: text)
        let isWildcard: (UInt8) -> Bool = { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: "?") }
        wildcards = pattern.contains(where: isWildcard) ? Wildcards(pattern) : nil
        literal = Array(pattern.split(whereSeparator: isWildcard).max { $0.count < $1.count } ?? [])
        prefix = Array(pattern.prefix { !isWildcard($0) })
        let rest = pattern.dropFirst(prefix.count)
        isPrefix = !rest.isEmpty && rest.allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Whether names that match can be found by how they begin.
    var isAnchored: Bool { !prefix.isEmpty && prefix.count <= ImageOrder.textBytesMax }

    /// `name` is lower-cased.
    func matches(_ name: Span<UInt8>) -> Bool {
        wildcards?.match(name) ?? (ByteOrder.compare(pattern.span, name) == 0)
    }
}
