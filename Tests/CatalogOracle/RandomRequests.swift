public import Catalogs
public import ImageModel
public import TestKit

/// Requests over the vocabularies of `RandomImages`.
public enum RandomRequests {
    public static let patterns = [
        "ubuntu 22.04 lts", "UBUNTU*", "*büro", "a?b", "a*b", "*", "?????", "**im**", "中文?? *", "",
        "centos 7.?*bit", "*04*lts*", "x",
    ]
    public static let words = [
        "ubuntu", "BÜRO", "04", "img-1", "us", "gmi:", "s:img", "env=p", "中", "64", ":",
    ]

    public static func request(_ generator: inout SplitMix) -> CatalogRequest {
        CatalogRequest(
            query: query(&generator),
            order: order(&generator),
            latestBy: generator.chance(25) ? some(FacetField.allCases, &generator) : [],
            facets: generator.chance(50) ? FacetField.allCases : [],
            limit: generator.pick([1, 7, 100]),
            fields: generator.chance(50) ? .all : FieldSelection([.id, .name, .sources, .raw])
        )
    }

    public static func order(_ generator: inout SplitMix) -> ImageOrder {
        let fields = some(ImageOrder.Field.allCases, &generator)
        return ImageOrder(fields.map { ImageOrder.Term($0, descending: generator.chance(50)) })
    }

    public static func query(_ generator: inout SplitMix) -> ImageQuery {
        var query = ImageQuery()
        addValues(&query, &generator)
        if generator.chance(10) { query.names = some(patterns, &generator) }
        if generator.chance(15) { query.words = some(words, &generator) }
        if generator.chance(10) { query.tags = some(RandomImages.tags, &generator) }
        if generator.chance(5) { query.ids = ids(&generator) }
        if generator.chance(8) { query.createdAfter = generator.pick(RandomImages.dates) }
        if generator.chance(8) { query.createdBefore = generator.pick(RandomImages.dates) }
        if generator.chance(8) { query.updatedAfter = generator.pick(RandomImages.dates) }
        if generator.chance(8) { query.updatedBefore = generator.pick(RandomImages.dates) }
        if generator.chance(8) { query.minDiskGBMax = generator.pick(RandomImages.figures) }
        if generator.chance(8) { query.minRAMMBMax = generator.pick(RandomImages.figures) }
        return query
    }

    private static func addValues(_ query: inout ImageQuery, _ generator: inout SplitMix) {
        if generator.chance(10) { query.providers = some(RandomImages.providers, &generator) }
        if generator.chance(10) { query.regions = some(RandomImages.regions, &generator) }
        if generator.chance(15) {
            query.upstreams = some(["up0", "up1", "up2", "none"], &generator)
        }
        if generator.chance(10) {
            query.families = some(OperatingSystemFamily.allCases, &generator)
        }
        if generator.chance(10) {
            query.distributions = some(RandomImages.distributions + ["unknown"], &generator)
        }
        if generator.chance(10) {
            query.versions = some(RandomImages.versions + ["22", "20", "unknown"], &generator)
        }
        if generator.chance(10) { query.architectures = some(Architecture.allCases, &generator) }
        if generator.chance(10) { query.visibilities = some(Visibility.allCases, &generator) }
        if generator.chance(10) { query.statuses = some(ImageStatus.allCases, &generator) }
        if generator.chance(10) { query.bootModes = some(BootMode.allCases, &generator) }
    }

    private static func ids(_ generator: inout SplitMix) -> [String] {
        let native = generator.pick(RandomImages.nativeIDs)
        return [native, "aries:us:\(generator.pick(RandomImages.nativeIDs))", "nothing"]
    }

    private static func some<Value>(
        _ values: [Value],
        _ generator: inout SplitMix
    ) -> [Value] {
        (0..<generator.pick([1, 1, 2, 3])).map { _ in generator.pick(values) }
    }
}
