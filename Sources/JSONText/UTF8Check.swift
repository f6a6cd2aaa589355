/// Whether bytes are well-formed UTF-8 (Unicode 17, table 3-7): quick over ASCII, and over the runs of
/// three-byte characters that Chinese texts are.
enum UTF8Check {
    static func isValid(_ text: borrowing Span<UInt8>) -> Bool {
        // Fenced: the pointer is read within the call, at offsets below the count.
        text.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return true }
            return isValid(start, count: bytes.count)
        }
    }

    /// The same for a text that begins and ends as well-formed ones do, up to `head` and from `tail` on: only what is
    /// between is looked at, and the characters that either end has a part of.
    static func isValid(_ text: borrowing Span<UInt8>, from head: Int, to tail: Int) -> Bool {
        var (first, last) = (head, tail)
        while first > 0, isFurther(text[first - 1]) { first -= 1 }
        if first > 0, text[first - 1] >= 0xC0 { first -= 1 }
        while last < text.count, isFurther(text[last]) { last += 1 }
        return isValid(text.extracting(first..<last))
    }

    /// Whether the byte goes on with a character.
    private static func isFurther(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    private static func isValid(_ bytes: UnsafeRawPointer, count: Int) -> Bool {
        var index = 0
        while index < count {
            index = endOfASCII(bytes, from: index, count: count)
            index = endOfThrees(bytes, from: index, count: count)
            while index < count {
                let lead = bytes.load(fromByteOffset: index, as: UInt8.self)
                if lead < 0x80 { break }
                let length = characterLength(bytes + index, lead, count: count - index)
                if length == 0 { return false }
                index += length
            }
        }
        return true
    }

    @inline(__always)
    private static func endOfASCII(_ bytes: UnsafeRawPointer, from start: Int, count: Int) -> Int {
        var index = start
        while index &+ 32 <= count {
            let four =
                word(bytes, index) | word(bytes, index &+ 8) | word(bytes, index &+ 16)
                | word(bytes, index &+ 24)
            if four & ByteLanes.highBits != 0 { break }
            index &+= 32
        }
        while index &+ 8 <= count {
            let high = word(bytes, index).littleEndian & ByteLanes.highBits
            if high != 0 { return index &+ (high.trailingZeroBitCount &>> 3) }
            index &+= 8
        }
        while index < count, bytes.load(fromByteOffset: index, as: UInt8.self) < 0x80 {
            index &+= 1
        }
        return index
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }

    /// Where a run of characters of three bytes ends, as far as it can be told without a closer look.
    @inline(__always)
    private static func endOfThrees(_ bytes: UnsafeRawPointer, from start: Int, count: Int) -> Int {
        var index = start
        while index &+ 4 <= count {
            let four = bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian
            // Behind E0 and ED not all bytes may follow that else do.
            guard four & 0x00C0_C0F0 == 0x0080_80E0, four & 0x0F != 0, four & 0x0F != 0x0D else {
                break
            }
            index &+= 3
        }
        return index
    }

    /// Bytes of the character that starts here; 0 for none.
    @inline(__always)
    private static func characterLength(
        _ bytes: UnsafeRawPointer,
        _ lead: UInt8,
        count: Int
    ) -> Int {
        if lead >= 0xE0, lead < 0xF0, count >= 3 {
            let second = bytes.load(fromByteOffset: 1, as: UInt8.self)
            let third = bytes.load(fromByteOffset: 2, as: UInt8.self)
            let least: UInt8 = lead == 0xE0 ? 0xA0 : 0x80
            let most: UInt8 = lead == 0xED ? 0x9F : 0xBF
            return second >= least && second <= most && third & 0xC0 == 0x80 ? 3 : 0
        }
        if lead >= 0xC2, lead < 0xE0, count >= 2 {
            return bytes.load(fromByteOffset: 1, as: UInt8.self) & 0xC0 == 0x80 ? 2 : 0
        }
        guard lead >= 0xF0, lead < 0xF5, count >= 4 else { return 0 }
        let second = bytes.load(fromByteOffset: 1, as: UInt8.self)
        let least: UInt8 = lead == 0xF0 ? 0x90 : 0x80
        let most: UInt8 = lead == 0xF4 ? 0x8F : 0xBF
        let isWhole =
            bytes.load(fromByteOffset: 2, as: UInt8.self) & 0xC0 == 0x80
            && bytes.load(fromByteOffset: 3, as: UInt8.self) & 0xC0 == 0x80
        return second >= least && second <= most && isWhole ? 4 : 0
    }
}
