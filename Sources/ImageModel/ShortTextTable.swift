/// What short texts mean, each with a tag: a version of a system, a processor. Each has one place, where
/// the next of that place replaces it.
struct ShortTextTable<Meaning: Sendable>: Sendable {
    private static var slotCount: Int { 256 }

    private var slots: [Slot] = []

    private struct Slot {
        var key: ShortText
        var meaning: Meaning
    }

    subscript(key: ShortText) -> Meaning? {
        get {
            guard !slots.isEmpty, case let slot = slots[place(of: key)], slot.key == key else {
                return nil
            }
            return slot.meaning
        }
        set {
            guard let newValue else { return }
            let slot = Slot(key: key, meaning: newValue)
            // Every place starts with what is true of this key, which no other key is equal to.
            if slots.isEmpty { slots = Array(repeating: slot, count: Self.slotCount) }
            slots[place(of: key)] = slot
        }
    }

    private func place(of key: ShortText) -> Int {
        let hash = (key.bytes ^ UInt64(key.tag) &<< 56) &* 0x9E37_79B9_7F4A_7C15
        return Int(truncatingIfNeeded: hash &>> 32) & (Self.slotCount - 1)
    }
}

/// A text of at most eight bytes, and what it is read for.
struct ShortText: Equatable {
    fileprivate var bytes: UInt64 = 0
    private var byteCount: UInt8
    fileprivate var tag: UInt8

    /// `nil` for a longer text.
    init?(_ text: String, tag: UInt8 = 0) {
        let span = text.utf8.span
        guard span.count <= 8 else { return nil }
        bytes = NameLanes(span, at: 0, end: span.count).bytes
        byteCount = UInt8(span.count)
        self.tag = tag
    }
}
