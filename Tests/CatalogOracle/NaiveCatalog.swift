public import Catalogs
public import ImageModel

/// The answers of a catalog by plain loops over arrays, written from the contract and not from the index.
public struct NaiveCatalog: Sendable {
    public struct Entry: Sendable {
        public var image: Image
        public var sources: [String]
    }

    public let entries: [Entry]
    /// What texts order by, by entry: equal numbers for equal texts.
    private(set) var ranks: Ranks

    struct Ranks: Sendable {
        var ids: [Int?] = []
        var names: [Int?] = []
        var distributions: [Int?] = []
        var versions: [Int?] = []
        var providers: [Int?] = []
        var regions: [Int?] = []
    }

    public init(_ lists: [(upstream: String, images: [Image])]) {
        var entries: [Entry] = []
        var positions: [String: Int] = [:]
        for list in lists {
            var seen: Set<String> = []
            for image in list.images where seen.insert(image.id).inserted {
                if let position = positions[image.id] {
                    entries[position].image = NaiveCatalog.merge(entries[position].image, image)
                    entries[position].sources.append(list.upstream)
                } else {
                    positions[image.id] = entries.count
                    entries.append(Entry(image: image, sources: [list.upstream]))
                }
            }
        }
        self.entries = entries
        let images = entries.map(\.image)
        ranks = Ranks(
            ids: images.map { Text?.some(Text($0.id)) }.ranks(),
            names: images.map { Text?.some(Text($0.name.lowercased())) }.ranks(),
            distributions: images.map { $0.os.distribution.map(Text.init) }.ranks(),
            versions: images.map { $0.os.version.map(NaiveVersion.init) }.ranks(),
            providers: images.map { Text?.some(Text($0.provider)) }.ranks(),
            regions: images.map { Text?.some(Text($0.region)) }.ranks()
        )
    }

    private static func merge(_ first: Image, _ later: Image) -> Image {
        var result = later
        result.provider = first.provider
        result.region = first.region
        result.nativeID = first.nativeID
        if !first.name.isEmpty { result.name = first.name }
        if let value = first.description { result.description = value }
        if first.os.family != .unknown { result.os.family = first.os.family }
        if let value = first.os.distribution { result.os.distribution = value }
        if let value = first.os.version { result.os.version = value }
        if let value = first.os.label { result.os.label = value }
        if first.architecture != .unknown { result.architecture = first.architecture }
        if let value = first.visibility { result.visibility = value }
        if let value = first.status { result.status = value }
        if let value = first.bootMode { result.bootMode = value }
        if let value = first.sizeBytes { result.sizeBytes = value }
        if let value = first.minDiskGB { result.minDiskGB = value }
        if let value = first.minRAMMB { result.minRAMMB = value }
        if let value = first.createdAt { result.createdAt = value }
        if let value = first.updatedAt { result.updatedAt = value }
        if !first.tags.isEmpty { result.tags = first.tags }
        if !first.raw.isEmpty { result.raw = first.raw }
        return result
    }

    /// Everything that matches, in order, before `latestBy`.
    public func matches(_ request: CatalogRequest) -> [Int] {
        entries.indices.filter { entries[$0].matches(request.query) }
            .sorted { precedes($0, $1, request.order) }
    }

    public func latest(_ matches: [Int], by fields: [ImageField]) -> [Int] {
        if fields.isEmpty { return matches }
        var best: [[String]: Int] = [:]
        for index in matches {
            let group = fields.map { entries[index].values($0)[0] }
            if let other = best[group], !isNewer(index, other) { continue }
            best[group] = index
        }
        let kept = Set(best.values)
        return matches.filter(kept.contains)
    }

    public func facet(_ field: FacetField, _ matches: [Int]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for index in matches {
            for value in entries[index].values(field) { counts[value, default: 0] += 1 }
        }
        return counts
    }
}
