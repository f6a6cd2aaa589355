extension String {
    /// Whether the other text occurs in this one; ASCII letters compare without case.
    func containsWithoutCase(_ other: String) -> Bool {
        let needle = other.utf8.map(String.folded)
        guard let first = needle.first else { return true }
        let hay = utf8.map(String.folded)
        guard hay.count >= needle.count else { return false }
        return (0...hay.count - needle.count).contains { start in
            hay[start] == first && hay[start..<start + needle.count].elementsEqual(needle)
        }
    }

    private static func folded(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
