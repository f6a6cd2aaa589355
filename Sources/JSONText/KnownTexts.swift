/// Strings that a list repeats, each made once while it keeps its place: to find one takes less time than to make it, and
/// long ones share their memory.
public struct KnownTexts: Sendable {
    /// Longer texts are seldom repeated.
    static let textBytesMax = 128
    private static let slotCountBits = 6
    private static let longSlotCountBits = 8

    /// Of at most 15 bytes. Every place starts with the text of no bytes.
    private var slots = Array(repeating: Slot(), count: 1 << KnownTexts.slotCountBits)
    /// Of more bytes.
    private var longSlots = Array(repeating: "", count: 1 << KnownTexts.longSlotCountBits)

    private struct Slot {
        var head: UInt64 = 0
        var second: UInt64 = 0
        var text = ""
    }

    public init() {}

    // MARK: Short texts

    /// The text of these bytes, which are all; `nil` if it has to be made.
    @inline(__always)
    func text(_ block: TextBlock) -> String? {
        let place = KnownTexts.place(of: block)
        // No text has zeros, so those behind it tell its length.
        guard slots[place].head == block.head, slots[place].second == block.second else {
            return nil
        }
        return slots[place].text
    }

    mutating func add(_ text: String, _ block: TextBlock) {
        slots[KnownTexts.place(of: block)] = Slot(
            head: block.head,
            second: block.second,
            text: text
        )
    }

    @inline(__always)
    private static func place(of block: TextBlock) -> Int {
        place(block.head, block.second, bitCount: slotCountBits)
    }

    // MARK: Long texts

    /// The text of these bytes, 16 or more; `nil` if it has to be made.
    func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String? {
        let place = KnownTexts.place(of: bytes)
        let isSame = longSlots[place].utf8.withContiguousStorageIfAvailable {
            SameBytes.areSame($0.span, bytes.span)
        }
        return isSame == true ? longSlots[place] : nil
    }

    mutating func add(_ text: String, _ bytes: UnsafeBufferPointer<UInt8>) {
        longSlots[KnownTexts.place(of: bytes)] = text
    }

    /// A place that follows from the length and the bytes at both ends.
    private static func place(of bytes: UnsafeBufferPointer<UInt8>) -> Int {
        let text = UnsafeRawBufferPointer(bytes)
        precondition(text.count >= 16, "such a text is short")
        let head = text.loadUnaligned(as: UInt64.self)
        let last = text.loadUnaligned(fromByteOffset: text.count &- 8, as: UInt64.self)
        let count = UInt64(truncatingIfNeeded: text.count)
        return place(head &+ count, last, bitCount: longSlotCountBits)
    }

    @inline(__always)
    private static func place(_ head: UInt64, _ second: UInt64, bitCount: Int) -> Int {
        let hash = (head ^ second &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash &>> UInt64(64 &- bitCount))
    }
}
