/// What the names of the last few images mean. Each has one place, where the next of that place replaces it: the names
/// of a list are unique, but many differ in a date or serial number only.
struct NameTable {
    private static let slotCount = 1_024

    private var slots: [Slot] = []
    /// Of the name that was looked for last.
    private var key = NameKey()

    private struct Slot {
        var key = NameKey()
        var reading = NameReading()
    }

    /// As `reader.read`; the reader has no tokens afterwards if the name is known.
    mutating func read(_ name: String, by reader: inout NameReader) -> NameReading {
        guard key.set(name.utf8.span) else { return reader.read(name) }
        // The key that every place starts with is that of the empty name, which says nothing.
        if slots.isEmpty { slots = Array(repeating: Slot(), count: NameTable.slotCount) }
        let place = Int(truncatingIfNeeded: key.hash) & (NameTable.slotCount - 1)
        if slots[place].key == key {
            reader.tokens.removeAll()
            return slots[place].reading
        }
        reader.usesSerials = false
        let reading = reader.read(name)
        if mayKeep(reading, reader) { slots[place] = Slot(key: key, reading: reading) }
        return reading
    }

    /// Whether the reading holds for every name with this key, and is all that is asked for.
    private func mayKeep(_ reading: NameReading, _ reader: borrowing NameReader) -> Bool {
        if key.leavesNumbersOpen, reader.usesSerials { return false }
        return reading.system != nil || !reader.isBare
    }
}
