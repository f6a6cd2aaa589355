/// Eight bytes looked at together.
enum ByteLanes {
    static let highBits: UInt64 = 0x8080_8080_8080_8080
    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Marks what ends a run of plain text inside a string, with the high bit of its byte: a quote, a
    /// backslash, a control character. Marks above the lowest one may be wrong.
    @inline(__always)
    static func textEnds(_ bytes: UInt64) -> UInt64 {
        let quotes = bytes ^ (ones &* 0x22)
        let backslashes = bytes ^ (ones &* 0x5C)
        let found =
            (quotes &- ones) & ~quotes | (backslashes &- ones) & ~backslashes
            | (bytes &- ones &* 0x20) & ~bytes
        return found & highBits
    }

    /// All bits below the lowest mark.
    @inline(__always)
    static func before(_ marks: UInt64) -> UInt64 {
        (marks & (0 &- marks)) &- 1
    }
}
