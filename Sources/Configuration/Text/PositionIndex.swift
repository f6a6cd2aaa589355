/// Where every key and value of a document stands, by path.
struct PositionIndex: Sendable {
    private(set) var places: [ConfigurationPath: Place] = [:]
    private(set) var duplicates: [Duplicate] = []

    /// Byte offsets.
    struct Place: Sendable, Hashable {
        /// `nil` for the root and for elements of a list.
        var key: Int?
        var value: Int
    }

    /// A key that stands twice in one object. The first one counts, as in the decoder.
    struct Duplicate: Sendable, Hashable {
        var path: ConfigurationPath
        var first: Int
        var second: Int
    }

    mutating func record(_ path: ConfigurationPath, key: Int?, value: Int) {
        places[path] = Place(key: key, value: value)
    }

    mutating func recordDuplicate(_ path: ConfigurationPath, at offset: Int) {
        let first = places[path]?.key ?? 0
        duplicates.append(Duplicate(path: path, first: first, second: offset))
    }

    /// The key's offset, or the value's where there is no key; the nearest parent's for an absent path.
    func keyOffset(of path: ConfigurationPath) -> Int {
        nearest(path).map { $0.key ?? $0.value } ?? 0
    }

    /// The value's offset; the nearest parent's for an absent path.
    func valueOffset(of path: ConfigurationPath) -> Int {
        nearest(path)?.value ?? 0
    }

    private func nearest(_ path: ConfigurationPath) -> Place? {
        var candidate: ConfigurationPath? = path
        while let current = candidate {
            if let place = places[current] { return place }
            candidate = current.parent
        }
        return nil
    }
}
