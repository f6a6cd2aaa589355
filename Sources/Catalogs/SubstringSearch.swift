/// Whether one text occurs in another.
enum SubstringSearch {
    static func occurs(_ word: Span<UInt8>, in text: Span<UInt8>) -> Bool {
        guard let first = word.count == 0 ? nil : word[0] else { return true }
        var offset = 0
        while offset + word.count <= text.count {
            if text[offset] == first, begins(text, at: offset, with: word) { return true }
            offset += 1
        }
        return false
    }

    private static func begins(_ text: Span<UInt8>, at offset: Int, with word: Span<UInt8>) -> Bool
    {
        for index in 1..<max(1, word.count) where text[offset + index] != word[index] {
            return false
        }
        return true
    }
}
