/// The same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Small damages to a text.
enum Mutation {
    private static let pieces: [[UInt8]] = [
        "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "\\u", "/", "//", "/*", "*/", "\n", "\r",
        " ", "0",
        "-", "+", ".", "e", "x", "null", "true", "{}", "[]", "a:1,", "\u{0}", "\u{1}", "é",
        "\u{2028}", "$",
        "\\x41", "\\ud83d\\ude00", "1e999", "0x", "NaN",
    ].map { Array($0.utf8) }

    static func mutated(_ bytes: [UInt8], with random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            let end = min(bytes.count, place + Int.random(in: 0...4, using: &random))
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
            case 1: bytes.removeSubrange(place..<end)
            default:
                let piece = pieces.randomElement(using: &random) ?? []
                bytes.replaceSubrange(place..<end, with: piece)
            }
        }
        return bytes
    }
}
