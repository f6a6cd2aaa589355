/// Eight bytes of a text looked at together, the first one lowest; zeros behind the text's end.
struct NameLanes {
    let bytes: UInt64

    /// One byte in every lane.
    @inline(__always)
    private static func lanes(_ byte: UInt64) -> UInt64 { byte &* 0x0101_0101_0101_0101 }

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
            bytes = (offset..<end).reversed().reduce(0) { $0 << 8 | UInt64(text[$1]) }
        }
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
}
