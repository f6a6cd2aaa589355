import ImageModel

/// The distinct pairs of what an image needs at least. Flavours repeat, so a row has the number of its pair.
struct Figures: Sendable {
    struct Pair: Sendable, Hashable {
        /// As `RowColumns.stored`.
        var minDiskGB: Int64
        var minRAMMB: Int64

        init(_ image: Image) {
            minDiskGB = RowColumns.stored(image.minDiskGB.map(Int64.init))
            minRAMMB = RowColumns.stored(image.minRAMMB.map(Int64.init))
        }
    }

    let pairs: [Pair]
    private let rows: ValueRows

    /// `tokens` has the number of a pair for each row.
    init(_ pairs: [Pair], tokens: [UInt32]) {
        self.pairs = pairs
        rows = ValueRows(tokens: tokens, tokenCount: pairs.count)
    }

    func keep(in filter: inout RowFilter, where isIncluded: (Pair) -> Bool) {
        rows.keep(pairs.indices.filter { isIncluded(pairs[$0]) }, in: &filter)
    }
}

/// Gives equal pairs one number.
struct FiguresInterner: Sendable {
    private(set) var pairs: [Figures.Pair] = []
    private var numbers: [Figures.Pair: UInt32] = [:]

    mutating func number(of pair: Figures.Pair) -> UInt32 {
        if let known = numbers[pair] { return known }
        let number = UInt32(pairs.count)
        pairs.append(pair)
        numbers[pair] = number
        return number
    }
}
