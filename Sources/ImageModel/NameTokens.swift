/// The tokens of one text; their memory is kept from text to text.
struct NameTokens: ~Copyable {
    /// More tokens than any honest name has; what follows is not read.
    static let countMax = 96

    private var storage = Array(
        repeating: NameToken(role: .unknown, gap: .wide),
        count: NameTokens.countMax
    )
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    var isFull: Bool { count == NameTokens.countMax }

    var indices: Range<Int> { 0..<count }

    /// Callers keep `index` below `count`; beyond the capacity it traps.
    subscript(index: Int) -> NameToken {
        @inline(__always) get { storage[index] }
        @inline(__always) _modify { yield &storage[index] }
    }

    /// The token may not be one too many.
    @inline(__always)
    mutating func append(_ token: NameToken) {
        storage[count] = token
        count += 1
    }

    mutating func removeAll() { count = 0 }
}
