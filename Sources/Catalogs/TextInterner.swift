/// Gives equal texts one number, counted from 0 in the order of their first appearance.
struct TextInterner: Sendable {
    private(set) var texts = TextTable()
    /// Open addressing: number + 1 of the text, 0 where free. At most half full.
    private var slots = [UInt32](repeating: 0, count: 64)

    var count: Int { texts.count }

    func find(_ text: Span<UInt8>) -> Int? {
        let slot = slotIndex(of: text)
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    mutating func number(of text: Span<UInt8>) -> Int {
        let slot = slotIndex(of: text)
        if slots[slot] != 0 { return Int(slots[slot]) - 1 }
        texts.append(text)
        slots[slot] = UInt32(texts.count)
        if texts.count * 2 > slots.count { grow() }
        return texts.count - 1
    }

    mutating func number(of text: String) -> Int {
        number(of: text.utf8.span)
    }

    /// Where the text is, or the free slot where it belongs.
    private func slotIndex(of text: Span<UInt8>) -> Int {
        var slot = TextInterner.start(text, slots.count)
        while slots[slot] != 0, !texts.equals(Int(slots[slot]) - 1, text) {
            slot = (slot + 1) & (slots.count - 1)
        }
        return slot
    }

    private static func start(_ text: Span<UInt8>, _ slotCount: Int) -> Int {
        var hash = StableHash()
        hash.combine(text)
        return Int(truncatingIfNeeded: hash.state) & (slotCount - 1)
    }

    private mutating func grow() {
        var larger = [UInt32](repeating: 0, count: slots.count * 2)
        for index in 0..<texts.count {
            let text = texts.bytes.span.extracting(texts.range(index))
            var slot = TextInterner.start(text, larger.count)
            while larger[slot] != 0 { slot = (slot + 1) & (larger.count - 1) }
            larger[slot] = UInt32(index + 1)
        }
        slots = larger
    }
}
