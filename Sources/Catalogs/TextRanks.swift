import ImageModel

/// Numbers that order like texts: equal texts have equal ones, "unknown" has the largest.
struct TextRanks: Sendable {
    /// By name token.
    let names: [UInt32]
    /// By value token.
    private let providers: [UInt32]
    private let regions: [UInt32]
    private let distributions: [UInt32]
    private let versions: [UInt32]

    /// By token; empty for numbers.
    subscript(field: ImageOrder.Field) -> [UInt32] {
        switch field {
        case .name: names
        case .provider: providers
        case .region: regions
        case .distribution: distributions
        case .version: versions
        case .createdAt, .updatedAt, .sizeBytes, .minDiskGB: []
        }
    }

    /// `nameRanks` are those of the names where somebody has them already.
    init(names: SearchTable, values: ValueTexts, nameRanks: [UInt32]? = nil) {
        self.names = nameRanks ?? TextRanks.ranks(of: names)
        providers = TextRanks.ranks(values.texts(.provider), ByteOrder.compare)
        regions = TextRanks.ranks(values.texts(.region), ByteOrder.compare)
        distributions = TextRanks.ranks(values.texts(.distribution), ByteOrder.compare)
        versions = TextRanks.ranks(values.texts(.version), VersionOrder.compare)
    }

    private static func ranks(of table: SearchTable) -> [UInt32] {
        let (texts, byteCountMax) = (table.lowered, ImageOrder.textBytesMax)
        var ranks = [UInt32](repeating: .max, count: table.count + 1)
        var (rank, last): (UInt32, Range<Int>?) = (0, nil)
        for index in TextSort.sorted(texts, byteCountMax: byteCountMax) {
            let range = texts.range(Int(index)).prefix(byteCountMax)
            if let last,
                ByteOrder.compare(
                    texts.bytes.span.extracting(last),
                    texts.bytes.span.extracting(range)
                ) != 0
            {
                rank += 1
            }
            ranks[Int(index) + 1] = rank
            last = range
        }
        return ranks
    }

    private static func ranks(
        _ texts: [String?],
        _ compare: ([UInt8], [UInt8]) -> Int
    ) -> [UInt32] {
        let keys = texts.map { Array(($0 ?? "").utf8.prefix(ImageOrder.textBytesMax)) }
        let order = texts.indices.dropFirst().sorted { compare(keys[$0], keys[$1]) < 0 }
        var ranks = [UInt32](repeating: .max, count: texts.count)
        var (rank, last): (UInt32, Int?) = (0, nil)
        for token in order {
            if let last, compare(keys[last], keys[token]) != 0 { rank += 1 }
            ranks[token] = rank
            last = token
        }
        return ranks
    }
}
