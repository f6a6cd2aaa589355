import ImageModel

/// A query made ready once for all snapshots.
struct CompiledQuery: Sendable {
    let query: ImageQuery
    let families: [String]
    let architectures: [String]
    let visibilities: [String]
    let statuses: [String]
    let bootModes: [String]
    let names: [NamePattern]
    /// Lower-cased, the longest first: it leaves the fewest rows for the others.
    let words: [[UInt8]]
    private let versions: [[UInt8]]
    private let tags: [Tag]

    init(_ query: ImageQuery) {
        self.query = query
        families = query.families.map(\.rawValue)
        architectures = query.architectures.map(\.rawValue)
        visibilities = query.visibilities.map(\.rawValue)
        statuses = query.statuses.map(\.rawValue)
        bootModes = query.bootModes.map(\.rawValue)
        names = query.names.map(NamePattern.init)
        words = query.words.map(LowerCase.bytes).filter { !$0.isEmpty }
            .sorted { $0.count > $1.count }
        versions = query.versions.map { Array($0.utf8) }
        tags = query.tags.map(Tag.init)
    }

    /// Whether a version is one of those asked for.
    func includes(version: Span<UInt8>) -> Bool {
        versions.contains { VersionOrder.matches(version: version, prefix: $0.span) }
    }

    /// Whether a tag is one of those asked for.
    func includes(tag: Span<UInt8>) -> Bool {
        tags.contains { $0.matches(tag) }
    }

    /// A tag by its whole text or, `key` for `key=value`, by its key.
    private struct Tag: Sendable {
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
