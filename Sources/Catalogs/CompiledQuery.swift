import ImageModel

/// A query made ready once for all snapshots.
struct CompiledQuery: Sendable {
    let query: ImageQuery
    let names: [NamePattern]
    /// Lower-cased.
    let words: [[UInt8]]
    let versions: [[UInt8]]

    init(_ query: ImageQuery) {
        self.query = query
        names = query.names.map(NamePattern.init)
        words = query.words.map(LowerCase.bytes).filter { !$0.isEmpty }
        versions = query.versions.map { Array($0.utf8) }
    }

    /// Whether a version, `nil` when unknown, is one of those asked for.
    func includes(version: String?) -> Bool {
        guard let version else { return query.versions.contains("unknown") }
        let bytes = Array(version.utf8)
        return versions.contains { VersionOrder.matches(version: bytes, prefix: $0) }
    }

    /// Whether a tag is one of those asked for, by its whole text or by its key.
    func includes(tag: String) -> Bool {
        query.tags.contains { wanted in
            tag == wanted
                || !wanted.contains("=") && tag.utf8.starts(with: wanted.utf8)
                    && tag.utf8.dropFirst(wanted.utf8.count).first == UInt8(ascii: "=")
        }
    }
}
