import ImageModel

@testable import Catalogs

/// The same answers by brute force over arrays, written from the contract and not from the index.
struct NaiveCatalog {
    struct Entry {
        var image: Image
        var sources: [String]
    }

    private(set) var entries: [Entry] = []

    init(_ lists: [(upstream: String, images: [Image])]) {
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
    func matches(_ request: CatalogRequest) -> [Entry] {
        entries.filter { $0.matches(request.query) }
            .sorted { $0.precedes($1, request.order) }
    }

    func latest(_ matches: [Entry], by fields: [ImageField]) -> [Entry] {
        if fields.isEmpty { return matches }
        var best: [[String]: Entry] = [:]
        for entry in matches {
            let group = fields.map { entry.values($0)[0] }
            if let other = best[group], !entry.isNewer(than: other) { continue }
            best[group] = entry
        }
        let kept = Set(best.values.map(\.image.id))
        return matches.filter { kept.contains($0.image.id) }
    }

    func facet(_ field: FacetField, _ matches: [Entry]) -> [String: Int] {
        var counts: [String: Int] = [:]
        for entry in matches {
            for value in entry.values(field) { counts[value, default: 0] += 1 }
        }
        return counts
    }
}
