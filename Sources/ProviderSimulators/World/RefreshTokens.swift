/// Which refresh tokens of GMI sessions are good: each works once, for its successor.
struct RefreshTokens: Sendable {
    static let countMax = 10_000
    private var current: [String] = []
    private(set) var issuedCount = 0

    /// A number for the next token; no two tokens share one.
    mutating func nextNumber() -> Int {
        issuedCount += 1
        return issuedCount
    }

    mutating func remember(_ token: String) {
        if current.count >= Self.countMax { current.removeFirst() }
        current.append(token)
    }

    /// Whether the token was good; it is not any more.
    mutating func spend(_ token: String) -> Bool {
        guard let index = current.firstIndex(of: token) else { return false }
        current.remove(at: index)
        return true
    }
}
