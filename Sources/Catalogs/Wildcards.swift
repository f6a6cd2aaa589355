/// A pattern with wildcards, followed through a text in all its readings at once: a bit says for each part of the
/// pattern whether what came so far can end before it (Shift-And). A byte of the text costs a step for each 64 parts,
/// whatever both say; to go back and try again would cost the product of both lengths.
struct Wildcards: Sendable {
    private let partCount: Int
    private let wordCount: Int
    /// By byte, `wordCount` words each: the parts that accept it.
    private var accepting: [UInt64]
    /// Places that any byte leaves as they are: a `*` stands before the part, or behind the last one.
    private var staying: [UInt64]
    /// The same for a byte that goes on with a character; places behind a `?` are among them.
    private var stayingInCharacter: [UInt64]

    /// The pattern in UTF-8: `*` stands for any text, `?` for one character.
    init(_ pattern: [UInt8]) {
        let star = UInt8(ascii: "*")
        partCount = pattern.count { $0 != star }
        wordCount = partCount / 64 + 1
        accepting = [UInt64](repeating: 0, count: 256 * wordCount)
        staying = [UInt64](repeating: 0, count: wordCount)
        stayingInCharacter = staying
        var part = 0
        for byte in pattern {
            if byte == star {
                Wildcards.set(part, in: &staying)
            } else {
                accept(byte, at: part)
                part += 1
            }
        }
        for word in 0..<wordCount { stayingInCharacter[word] |= staying[word] }
    }

    private mutating func accept(_ byte: UInt8, at part: Int) {
        let (word, bit) = (part / 64, UInt64(1) << UInt64(part % 64))
        guard byte == UInt8(ascii: "?") else {
            accepting[Int(byte) * wordCount + word] |= bit
            return
        }
        for first in UInt8.min...UInt8.max where !Wildcards.goesOn(first) {
            accepting[Int(first) * wordCount + word] |= bit
        }
        Wildcards.set(part + 1, in: &stayingInCharacter)
    }

    private static func set(_ place: Int, in words: inout [UInt64]) {
        words[place / 64] |= 1 << UInt64(place % 64)
    }

    /// Whether a byte is one of a character's, but not its first.
    private static func goesOn(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }

    /// The text is UTF-8.
    func match(_ text: Span<UInt8>) -> Bool {
        // Every part takes a byte at least.
        guard text.count >= partCount else { return false }
        return wordCount == 1 ? matchInOneWord(text) : matchInWords(text)
    }

    private func matchInOneWord(_ text: Span<UInt8>) -> Bool {
        let (stay, stayInCharacter) = (staying[0], stayingInCharacter[0])
        var places: UInt64 = 1
        for index in text.indices where places != 0 {
            let byte = text[index]
            let moved = (places & accepting[Int(byte)]) << 1
            places = moved | places & (Wildcards.goesOn(byte) ? stayInCharacter : stay)
        }
        return places >> UInt64(partCount) & 1 != 0
    }

    private func matchInWords(_ text: Span<UInt8>) -> Bool {
        withUnsafeTemporaryAllocation(of: UInt64.self, capacity: wordCount) { places in
            places.initialize(repeating: 0)
            places[0] = 1
            for index in text.indices where !advance(places, by: text[index]) { return false }
            return places[partCount / 64] >> UInt64(partCount % 64) & 1 != 0
        }
    }

    /// Whether any reading is left.
    private func advance(_ places: UnsafeMutableBufferPointer<UInt64>, by byte: UInt8) -> Bool {
        let start = Int(byte) * wordCount
        let goesOn = Wildcards.goesOn(byte)
        var (carry, all): (UInt64, UInt64) = (0, 0)
        for word in 0..<wordCount {
            let stay = goesOn ? stayingInCharacter[word] : staying[word]
            let moving = places[word] & accepting[start + word]
            places[word] = moving << 1 | carry | places[word] & stay
            carry = moving >> 63
            all |= places[word]
        }
        return all != 0
    }
}
