import ImageModel

/// A query made ready once for all snapshots: what it asks, in the order in which it is looked at. Most queries
/// ask for two or three things, and what is not asked costs nothing in any snapshot.
struct CompiledQuery: Sendable {
    private(set) var conditions: [Condition] = []
    /// Lower-cased, the longest first: it leaves the fewest rows for the others.
    let words: [[UInt8]]

    /// What all rows must meet. First what is cheap and often leaves nothing.
    enum Condition: Sendable {
        case created(after: Timestamp?, before: Timestamp?)
        /// One of the values; a missing one answers to `unknown`.
        case value(Profile.Column, [String])
        /// Listed by one of the upstreams.
        case sources([String])
        case versions(Versions)
        case updated(after: Timestamp?, before: Timestamp?)
        /// No more than these; a missing figure fits.
        case figures(minDiskGB: Int64, minRAMMB: Int64)
        case ids([String])
        case tags([Tag])
        case names([NamePattern])
    }

    init(_ query: borrowing ImageQuery) {
        words = CompiledQuery.needles(query.words)
        conditions.reserveCapacity(8)
        if query.createdAfter != nil || query.createdBefore != nil {
            conditions.append(.created(after: query.createdAfter, before: query.createdBefore))
        }
        addValues(query)
        if query.updatedAfter != nil || query.updatedBefore != nil {
            conditions.append(.updated(after: query.updatedAfter, before: query.updatedBefore))
        }
        if query.minDiskGBMax != nil || query.minRAMMBMax != nil {
            let (disk, memory) = (query.minDiskGBMax ?? .max, query.minRAMMBMax ?? .max)
            conditions.append(.figures(minDiskGB: Int64(disk), minRAMMB: Int64(memory)))
        }
        if !query.ids.isEmpty { conditions.append(.ids(query.ids)) }
        if !query.tags.isEmpty { conditions.append(.tags(query.tags.map(Tag.init))) }
        if !query.names.isEmpty { conditions.append(.names(query.names.map(NamePattern.init))) }
    }

    /// Without what is found wherever a longer one is found.
    private static func needles(_ words: [String]) -> [[UInt8]] {
        let sorted = words.map(LowerCase.bytes).filter { !$0.isEmpty }
            .sorted { $0.count > $1.count }
        if sorted.count < 2 { return sorted }
        var needles: [[UInt8]] = []
        for word in sorted {
            let isImplied = needles.contains { SubstringSearch.contains($0.span, word) }
            if !isImplied { needles.append(word) }
        }
        return needles
    }

    private mutating func addValues(_ query: ImageQuery) {
        add(.provider, query.providers)
        add(.region, query.regions)
        if !query.upstreams.isEmpty { conditions.append(.sources(query.upstreams)) }
        add(.family, query.families)
        add(.distribution, query.distributions)
        add(.architecture, query.architectures)
        add(.visibility, query.visibilities)
        add(.status, query.statuses)
        add(.bootMode, query.bootModes)
        if !query.versions.isEmpty { conditions.append(.versions(Versions(query.versions))) }
    }

    private mutating func add(_ column: Profile.Column, _ wanted: [String]) {
        if !wanted.isEmpty { conditions.append(.value(column, wanted)) }
    }

    private mutating func add(_ column: Profile.Column, _ wanted: [some RawRepresentable<String>]) {
        if !wanted.isEmpty { conditions.append(.value(column, wanted.map(\.rawValue))) }
    }

    /// Versions by the components they begin with.
    struct Versions: Sendable {
        private let prefixes: [[UInt8]]
        /// Whether rows without a version are meant.
        let includesUnknown: Bool

        init(_ texts: [String]) {
            prefixes = texts.map { Array($0.utf8) }
            includesUnknown = texts.contains("unknown")
        }

        func includes(_ version: Span<UInt8>) -> Bool {
            prefixes.contains { VersionOrder.matches(version: version, prefix: $0.span) }
        }
    }

    /// A tag by its whole text or, `key` for `key=value`, by its key.
    struct Tag: Sendable {
        private let text: [UInt8]
        private let isKey: Bool

        init(_ text: String) {
            self.text = Array(text.utf8)
            isKey = !self.text.contains(UInt8(ascii: "="))
        }

        func matches(_ tag: Span<UInt8>) -> Bool {
            guard tag.count >= text.count,
                ByteOrder.compare(tag.extracting(first: text.count), text.span) == 0
            else { return false }
            return tag.count == text.count || isKey && tag[text.count] == UInt8(ascii: "=")
        }
    }
}
