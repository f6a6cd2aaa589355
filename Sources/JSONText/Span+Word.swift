extension Span<UInt8> {
    /// Whether no byte is a blank or a control character of ASCII.
    public var isWithoutBlanks: Bool {
        var (index, wrong) = (0, UInt64(0))
        while index &+ 8 <= count {
            // Unchecked: the eight bytes are before the end.
            let eight = bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: index, as: UInt64.self)
            wrong |= ByteLanes.blanks(eight)
            index &+= 8
        }
        guard index < count else { return wrong == 0 }
        if count >= 8 {
            // The last eight again, as far as they were looked at.
            let eight = bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: count &- 8,
                as: UInt64.self
            )
            return (wrong | ByteLanes.blanks(eight)) == 0
        }
        while index < count {
            wrong |= ByteLanes.blanks(UInt64(self[index]) | ~0xFF)
            index &+= 1
        }
        return wrong == 0
    }
}
