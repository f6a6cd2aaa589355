extension Span<UInt8> {
    /// The first place of `byte` in the range, or its end. Eight bytes at a time: a byte of the word is zero
    /// where it was the one looked for, and subtracting one from each byte borrows from the first zero.
    @inline(__always)
    func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let pattern = ones &* UInt64(byte)
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "a range of this span")
        return withUnsafeBytes { bytes in
            var index = range.lowerBound
            // Every load ends at or before `range.upperBound`.
            while index + 8 <= range.upperBound {
                let loaded = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let word = UInt64(littleEndian: loaded) ^ pattern
                let zeros = (word &- ones) & ~word & (ones &* 0x80)
                if zeros != 0 { return index + zeros.trailingZeroBitCount / 8 }
                index += 8
            }
            while index < range.upperBound, bytes[index] != byte { index += 1 }
            return index
        }
    }
}
