import JSONText

/// The parameters of one `DescribeImages` call, checked.
struct ZenlayerQuery: Sendable {
    static let pageSizeMax = 1000
    /// City code and letter; every zone lists the same images.
    static let zones: Set<String> = [
        "FRA-A", "HKG-A", "SEL-A", "SIN-E", "SIN-A", "LAX-A", "MOW-B", "TYO-A", "WDC-A", "LON-A",
        "AMS-A", "SAO-A",
    ]
    private static let types: Set<String> = ["PUBLIC_IMAGE", "CUSTOM_IMAGE"]
    private static let families: Set<String> = ["windows", "linux", "bsd", "android", "any"]
    private static let states: Set<String> = [
        "CREATING", "AVAILABLE", "UNAVAILABLE", "SYNCING", "FAILED", "DELETING", "PROCESSING",
    ]

    private var imageIDs: [String] = []
    private var texts: [String: String] = [:]
    private(set) var pageNumber = 1
    private(set) var pageSize = 20

    /// The draft is asked for by its location filter.
    var isDraft: Bool { texts["regionId"] != nil }

    /// Unknown members are overlooked; null ones count as absent. `zoneId` may be missing: one page calls it
    /// required, the official clients do not.
    init(_ body: JSONValue) throws(ZenlayerError) {
        guard case .object(let members) = body else { throw .type("body") }
        for member in members where !member.value.isNull {
            switch member.key {
            case "imageIds":
                let ids = member.value.arrayValue?.map(\.stringValue) ?? [nil]
                guard !ids.contains(nil) else { throw .type("imageIds") }
                imageIDs = ids.compactMap { $0 }
            case "pageNum": pageNumber = try Self.integer(member, 1...Int(Int32.max))
            case "pageSize": pageSize = try Self.integer(member, 1...Self.pageSizeMax)
            case "zoneId", "regionId", "imageName", "category", "imageType", "osType",
                "imageStatus":
                guard let text = member.value.stringValue else { throw .type(member.key) }
                texts[member.key] = text
            default: break
            }
        }
        try checkValues()
    }

    private static func integer(
        _ member: JSONValue.Member,
        _ range: ClosedRange<Int>
    ) throws(ZenlayerError) -> Int {
        guard let number = member.value.integerValue else { throw .type(member.key) }
        if number < range.lowerBound {
            let message = "`\(member.key)` must be at least \(range.lowerBound)."
            throw ZenlayerError(400, "INVALID_PARAMETER_LESS_MINIMUM", message)
        }
        if number > range.upperBound {
            let message = "`\(member.key)` must be at most \(range.upperBound)."
            throw ZenlayerError(400, "INVALID_PARAMETER_EXCEED_MAXIMUM", message)
        }
        return number
    }

    private func checkValues() throws(ZenlayerError) {
        if let zone = texts["zoneId"], !Self.zones.contains(zone) {
            let message = "The specified zoneId `\(zone)` is not found"
            throw ZenlayerError(404, "INVALID_ZONE_NOT_FOUND", message)
        }
        if let region = texts["regionId"], !ZenlayerImage.draftRegions.contains(region) {
            let message = "The specified regionId `\(region)` is not found"
            throw ZenlayerError(404, "INVALID_REGION_NOT_FOUND", message)
        }
        if let type = texts["imageType"], !Self.types.contains(type) { throw .value("imageType") }
        if let status = texts["imageStatus"], !Self.states.contains(status) {
            throw .value("imageStatus")
        }
        // One page of the documents writes these values with a capital.
        if let family = texts["osType"], !Self.families.contains(family.lowercased()) {
            throw .value("osType")
        }
    }

    /// Equal for equal questions, and empty when every image matches.
    var question: String {
        var parts = texts.filter { $0.key != "zoneId" }.sorted { $0.key < $1.key }.map {
            "\($0)=\($1)"
        }
        if !imageIDs.isEmpty { parts.append("ids=\(imageIDs)") }
        return parts.joined(separator: "&")
    }

    func matches(_ image: ZenlayerImage) -> Bool {
        if !imageIDs.isEmpty, !imageIDs.contains(image.id) { return false }
        return texts.allSatisfy { name, value in
            switch name {
            case "regionId": image.regionID == value
            case "imageName": image.name.containsWithoutCase(value)
            case "category": image.category.meaning == value
            case "imageType": image.type == value
            case "osType": image.osType.meaning == value.lowercased()
            case "imageStatus": image.status == value
            default: true
            }
        }
    }
}
