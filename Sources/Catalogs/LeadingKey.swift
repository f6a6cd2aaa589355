import ImageModel

/// What rows are sorted by first: a number, or 31 bytes of a text, since names share their beginnings, and how
/// long it is. Rows of several snapshots compare by it, and most comparisons end there.
struct LeadingKey: Sendable, Comparable {
    private let first: UInt64
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

    /// Bytes of a text that it holds. The last byte is one more than the length of the text, or than 32 where it
    /// is longer; so not even an empty one looks like what is unknown.
    private static let textBytes = 31

    /// Of what is unknown, which comes last.
    static let last = LeadingKey(first: .max, second: .max, third: .max, fourth: .max)

    @inline(__always)
    static func < (left: LeadingKey, right: LeadingKey) -> Bool {
        if left.first != right.first { return left.first < right.first }
        if left.second != right.second { return left.second < right.second }
        if left.third != right.third { return left.third < right.third }
        return left.fourth < right.fourth
    }

    /// Whether equal keys are of equal values.
    @inline(__always)
    func isWhole(_ term: ImageOrder.Term) -> Bool {
        if term.field.isNumber { return true }
        let count = (term.descending ? ~fourth : fourth) & 0xFF
        return term.field != .version && count <= LeadingKey.textBytes + 1
    }
}

extension LeadingKey {
    /// `number` is as it is stored.
    init(_ number: Int64, _ term: ImageOrder.Term) {
        self.init(first: RowSort.key(number, descending: term.descending))
    }

    init(_ text: Span<UInt8>, _ term: ImageOrder.Term) {
        // Versions do not order like their bytes.
        if term.field == .version {
            self.init(first: 0)
            return
        }
        func word(_ start: Int) -> UInt64 {
            ByteOrder.prefixWord(text.extracting(min(start, text.count)..<text.count))
        }
        let count = UInt64(min(text.count, LeadingKey.textBytes + 1) + 1)
        let flip: UInt64 = term.descending ? .max : 0
        self.init(
            first: word(0) ^ flip,
            second: word(8) ^ flip,
            third: word(16) ^ flip,
            fourth: (word(24) & ~0xFF | count) ^ flip
        )
    }

    init(_ value: OrderValue, _ term: ImageOrder.Term) {
        switch value {
        case .none: self = .last
        case .number(let number): self.init(number, term)
        case .text(let text): self.init(text.span, term)
        }
    }
}
