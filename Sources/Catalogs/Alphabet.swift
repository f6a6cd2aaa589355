/// Which bytes occur in a blob. A word with any other byte cannot: hexadecimal ids, the largest blob, need
/// no look at all for most words.
struct Alphabet: Sendable {
    private let isPresent: [Bool]

    init(_ bytes: [UInt8]) {
        var isPresent = [Bool](repeating: false, count: 256)
        for byte in bytes { isPresent[Int(byte)] = true }
        self.isPresent = isPresent
    }

    func canSpell(_ word: [UInt8]) -> Bool {
        word.allSatisfy { isPresent[Int($0)] }
    }
}
