import ImageModel

extension NaiveCatalog.Entry {
    func matches(_ query: ImageQuery) -> Bool {
        matchesValues(query) && matchesTexts(query) && matchesNumbers(query)
    }

    private func matchesValues(_ query: ImageQuery) -> Bool {
        func asks<Value: Equatable>(_ wanted: [Value], _ value: Value?) -> Bool {
            wanted.isEmpty || wanted.contains { $0 == value }
        }
        return asks(query.providers, image.provider) && asks(query.regions, image.region)
            && (query.upstreams.isEmpty || !Set(query.upstreams).isDisjoint(with: sources))
            && asks(query.families, image.os.family)
            && asks(query.distributions, image.os.distribution ?? "unknown")
            && asks(query.architectures, image.architecture)
            && asks(query.visibilities, image.visibility) && asks(query.statuses, image.status)
            && asks(query.bootModes, image.bootMode)
            && (query.versions.isEmpty || query.versions.contains(where: matches(version:)))
    }

    private func matches(version wanted: String) -> Bool {
        guard let version = image.os.version else { return wanted == "unknown" }
        let parts = version.split { $0 == "." || $0 == "-" }
        return parts.starts(with: wanted.split { $0 == "." || $0 == "-" })
    }

    private func matchesTexts(_ query: ImageQuery) -> Bool {
        (query.ids.isEmpty || query.ids.contains(image.id) || query.ids.contains(image.nativeID))
            && (query.names.isEmpty || query.names.contains(where: matches(name:)))
            && query.words.allSatisfy(contains)
            && (query.tags.isEmpty
                || query.tags.contains { wanted in
                    image.tags.contains {
                        $0 == wanted || !wanted.contains("=") && $0.hasPrefix(wanted + "=")
                    }
                })
    }

    private func matches(name pattern: String) -> Bool {
        NaiveCatalog.matches(
            Array(image.name.lowercased().unicodeScalars)[...],
            Array(pattern.lowercased().unicodeScalars)[...]
        )
    }

    private func contains(_ word: String) -> Bool {
        let texts =
            [image.name, image.description ?? "", image.os.label ?? "", image.id] + image.tags
        let wanted = Array(word.lowercased().utf8)
        return texts.contains { text in
            let bytes = Array(text.lowercased().utf8)
            return (0..<max(0, bytes.count - wanted.count + 1)).contains { start in
                wanted.indices.allSatisfy { bytes[start + $0] == wanted[$0] }
            }
        }
    }

    private func matchesNumbers(_ query: ImageQuery) -> Bool {
        func lies(_ date: Timestamp?, _ after: Timestamp?, _ before: Timestamp?) -> Bool {
            guard let date else { return after == nil && before == nil }
            return after.map { date >= $0 } ?? true && before.map { date < $0 } ?? true
        }
        func fits(_ figure: Int?, _ max: Int?) -> Bool {
            guard let figure, let max else { return true }
            return figure <= max
        }
        return lies(image.createdAt, query.createdAfter, query.createdBefore)
            && lies(image.updatedAt, query.updatedAfter, query.updatedBefore)
            && fits(image.minDiskGB, query.minDiskGBMax) && fits(image.minRAMMB, query.minRAMMBMax)
    }

    func values(_ field: FacetField) -> [String] {
        switch field {
        case .provider: [image.provider]
        case .region: [image.region]
        case .upstream: sources
        case .family: [image.os.family.rawValue]
        case .distribution: [image.os.distribution ?? "unknown"]
        case .version: [image.os.version ?? "unknown"]
        case .architecture: [image.architecture.rawValue]
        case .visibility: [image.visibility?.rawValue ?? "unknown"]
        case .status: [image.status?.rawValue ?? "unknown"]
        }
    }
}

extension NaiveCatalog {
    /// Recursive, straight from the meaning of the wildcards.
    static func matches(
        _ name: ArraySlice<Unicode.Scalar>,
        _ pattern: ArraySlice<Unicode.Scalar>
    ) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        if first == "*" {
            return matches(name, pattern.dropFirst())
                || !name.isEmpty && matches(name.dropFirst(), pattern)
        }
        guard let letter = name.first, first == "?" || first == letter else { return false }
        return matches(name.dropFirst(), pattern.dropFirst())
    }
}
