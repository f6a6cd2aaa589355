/// The error codes that a dialect's documents list, which are the only ones that are passed on.
///
/// Where a code should stand an upstream may write anything: a token that it once gave out, a secret in capitals, the
/// name of a machine of its own. A word that was known beforehand tells none of these.
struct DocumentedCodes: Sendable {
    private let words: Set<String>

    init(_ words: Set<String>) {
        self.words = words
    }

    /// The code itself; `nil` where no document knows it.
    func shown(_ code: String?) -> String? {
        code.flatMap { words.contains($0) ? $0 : nil }
    }
}
