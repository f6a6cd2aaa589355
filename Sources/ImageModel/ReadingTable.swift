/// What the texts of the last few images mean. Each text has one place, where the next of that place
/// replaces it: a list repeats few labels many times.
struct ReadingTable: Sendable {
    private static let slotCount = 512
    /// Longer texts are seldom repeated.
    private static let textBytesMax = 64

    private var slots: [Slot] = []

    private struct Slot {
        var text = ""
        var reading = NameReading()
    }

    subscript(text: String) -> NameReading? {
        get {
            guard !slots.isEmpty else { return nil }
            let bytes = text.utf8.span
            let index = ReadingTable.place(of: bytes)
            return slots[index].text.hasBytes(bytes) ? slots[index].reading : nil
        }
        set {
            guard let newValue, text.utf8.count <= ReadingTable.textBytesMax else { return }
            if slots.isEmpty {
                slots = Array(repeating: Slot(), count: ReadingTable.slotCount)
            }
            slots[ReadingTable.place(of: text.utf8.span)] = Slot(text: text, reading: newValue)
        }
    }

    /// A place that follows from the length and the bytes at both ends.
    private static func place(of bytes: borrowing Span<UInt8>) -> Int {
        var hash = UInt64(truncatingIfNeeded: bytes.count)
        if bytes.count >= 8 {
            hash ^= bytes.eight(at: 0) &* 0x9E37_79B9_7F4A_7C15
            hash ^= bytes.eight(at: bytes.count - 8) &* 0xC2B2_AE3D_27D4_EB4F
        } else {
            hash ^= NameLanes(bytes, at: 0, end: bytes.count).bytes &<< 8
        }
        return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) &>> 32)
            & (slotCount - 1)
    }
}
