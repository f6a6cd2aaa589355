/// An index of numbered things by their hashes, open addressing. It knows neither the things nor how to
/// compare them, and keeps enough of each hash to grow and to pass over others without a look at them.
struct HashSlots: Sendable {
    /// The upper half of the hash, then number + 1; 0 where free. At most half full; none before the first
    /// thing, because many indexes stay empty.
    private var slots: [UInt64] = []
    private var count = 0

    @inline(__always)
    func find(_ hash: UInt64, where isEqual: (_ number: Int) -> Bool) -> Int? {
        if slots.isEmpty { return nil }
        var slot = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let number = Int(slots[slot] & 0xFFFF_FFFF) - 1
                if isEqual(number) { return number }
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Adds what was not found.
    mutating func insert(_ hash: UInt64, number: Int) {
        if slots.isEmpty { slots = Array(repeating: 0, count: 16) }
        place(hash & ~0xFFFF_FFFF | UInt64(number + 1))
        count += 1
        if count * 2 > slots.count { grow() }
    }

    @inline(__always)
    private mutating func place(_ entry: UInt64) {
        var slot = Int(truncatingIfNeeded: entry >> 32) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = entry
    }

    private mutating func grow() {
        let entries = slots
        slots = Array(repeating: 0, count: entries.count * 2)
        for entry in entries where entry != 0 { place(entry) }
    }
}
