/// Eight bytes of a text looked at together, the first one lowest; zeros behind the text's end.
struct NameLanes {
    let bytes: UInt64

    /// One byte in every lane.
    @inline(__always)
    static func lanes(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

    /// The bytes from `offset` on that are before `end`; both are within the text.
    @inline(__always)
    init(_ text: borrowing Span<UInt8>, at offset: Int, end: Int) {
        // Unchecked: the eight bytes that are loaded are before `end`.
        if offset &+ 8 <= end {
            bytes =
                text.bytes.unsafeLoadUnaligned(
                    fromUncheckedByteOffset: offset,
                    as: UInt64.self
                ).littleEndian
        } else if end >= 8 {
            let last = text.bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: end &- 8,
                as: UInt64.self
            ).littleEndian
            bytes = last >> UInt64(8 &* (offset &+ 8 &- end))
        } else {
            bytes = NameLanes.few(text, at: offset, count: end &- offset)
        }
    }

    /// Less than eight bytes, by loads that may overlap.
    @inline(__always)
    private static func few(
        _ text: borrowing Span<UInt8>,
        at offset: Int,
        count: Int
    ) -> UInt64 {
        if count >= 4 {
            let end = offset &+ count &- 4
            let (low, high) = (
                text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self),
                text.bytes.unsafeLoadUnaligned(fromByteOffset: end, as: UInt32.self)
            )
            let shift = UInt64(truncatingIfNeeded: 8 &* (count &- 4))
            return UInt64(low.littleEndian) | UInt64(high.littleEndian) &<< shift
        }
        guard count > 0 else { return 0 }
        // The first, the last and one between, which may be the same.
        let (middle, last) = (count &>> 1, count &- 1)
        return UInt64(text[offset])
            | UInt64(text[offset &+ middle]) &<< UInt64(truncatingIfNeeded: 8 &* middle)
            | UInt64(text[offset &+ last]) &<< UInt64(truncatingIfNeeded: 8 &* last)
    }

    /// With capital letters made small. Of the other bytes some are changed, none into a letter.
    private var lowered: UInt64 { bytes | NameLanes.lanes(0x20) }

    /// ASCII letters before the first byte that is none: 0...8.
    @inline(__always)
    var letterCount: Int {
        let low = lowered & NameLanes.lanes(0x7F)
        // The high bit of a lane: from `a` on, and beyond `z`.
        let isFromA = low &+ NameLanes.lanes(0x80 - 0x61)
        let isBeyondZ = low &+ NameLanes.lanes(0x80 - 0x7B)
        let others = ~(isFromA & ~isBeyondZ & ~bytes) & NameLanes.lanes(0x80)
        return others.trailingZeroBitCount &>> 3
    }

    /// The first letters, made small; zeros behind them. At least one.
    @inline(__always)
    func letters(_ count: Int) -> UInt64 {
        lowered & UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    }

    /// Whether these are `img-`, in any case, and more.
    @inline(__always)
    var beginsImageID: Bool {
        // `-` has the bit that makes letters small.
        UInt32(truncatingIfNeeded: lowered) == 0x2D67_6D69
    }

    /// A bit for each byte that is an ASCII digit, the first byte lowest.
    @inline(__always)
    var digits: UInt64 {
        let values = bytes ^ NameLanes.lanes(0x30)
        let low = values & NameLanes.lanes(0x7F)
        // The high bit of a lane: from 10 on.
        let others = (low &+ NameLanes.lanes(0x80 - 10) | values) & NameLanes.lanes(0x80)
        let marks = (others ^ NameLanes.lanes(0x80)) &>> 7
        // Gathers the lowest bits of all lanes in the topmost one.
        return (marks &* 0x0102_0408_1020_4080) &>> 56
    }

    /// Not zero if a full-width form of ASCII may begin here, or a character near them.
    @inline(__always)
    var wideForms: UInt64 {
        let others = bytes ^ NameLanes.lanes(0xEF)
        return (others &- NameLanes.lanes(1)) & ~others & NameLanes.lanes(0x80)
    }

    /// All bits of the lanes whose bit is set among the lowest eight.
    @inline(__always)
    static func ones(_ bits: UInt64) -> UInt64 {
        let spread = (bits & 0xFF) &* lanes(1) & 0x8040_2010_0804_0201
        let high = (spread &+ lanes(0x7F) | spread) & lanes(0x80)
        return high &>> 7 &* 0xFF
    }
}
