/// What the API refuses, and what its filters match.
extension TencentQuery {
    private static let imageTypes: Set<String> = ["PUBLIC_IMAGE", "PRIVATE_IMAGE", "SHARED_IMAGE"]
    private static let namesOf2017: Set<String> = ["image-id", "image-type", "image-name"]
    private static let namesOfToday: Set<String> = [
        "image-id", "image-type", "image-name", "platform", "tag-key", "tag-value",
        "dedicated-cluster-id", "cdc-cache-status",
    ]

    func check(is2017: Bool) throws(TencentError) {
        guard imageIDs.isEmpty || filters.isEmpty else {
            throw TencentError(
                "InvalidParameter.InvalidParameterCoexistImageIdsFilters",
                "ImageIds and Filters cannot be specified at the same time."
            )
        }
        guard filters.count <= Self.filterCountMax,
            filters.allSatisfy({ $0.values.count <= Self.valueCountMax })
        else {
            throw TencentError(
                "InvalidFilterValue.LimitExceeded",
                "At most 10 filters with at most 5 values each are allowed."
            )
        }
        for id in imageIDs { try Self.checkID(id) }
        for filter in filters { try Self.check(filter, is2017: is2017) }
        try checkPage()
        if let instanceType { try Self.checkInstanceType(instanceType, is2017: is2017) }
    }

    private func checkPage() throws(TencentError) {
        guard (1...Self.limitMax).contains(limit) else {
            throw TencentError(
                "InvalidParameterValue.InvalidParameterValueLimit",
                "Limit must lie within 1 and 100."
            )
        }
        guard offset >= 0 else {
            throw TencentError("InvalidParameterValueOffset", "Offset must not be negative.")
        }
    }

    private static func check(_ filter: Filter, is2017: Bool) throws(TencentError) {
        let known = is2017 ? namesOf2017 : namesOfToday
        let isTag = !is2017 && filter.name.hasPrefix("tag:") && filter.name.utf8.count > 4
        guard known.contains(filter.name) || isTag, !filter.values.isEmpty else {
            throw TencentError("InvalidFilter", "The filter `\(filter.name)` is not supported.")
        }
        if filter.name == "image-id" { for id in filter.values { try checkID(id) } }
        if filter.name == "image-type", !filter.values.allSatisfy(imageTypes.contains) {
            throw TencentError(
                "InvalidParameterValue",
                "The value of the filter `image-type` is not correct."
            )
        }
    }

    private static func checkID(_ id: String) throws(TencentError) {
        let digits = id.dropFirst(4)
        guard id.hasPrefix("img-"), digits.utf8.count == 8,
            digits.utf8.allSatisfy(Identifiers.lowerCase.contains)
        else {
            throw TencentError("InvalidImageId.Malformed", "The image ID `\(id)` is malformed.")
        }
    }

    private static func checkInstanceType(
        _ text: String,
        is2017: Bool
    ) throws(TencentError) {
        if is2017 {
            throw TencentError(
                "UnknownParameter",
                "The parameter `InstanceType` is not recognized."
            )
        }
        let halves = text.split(separator: ".", omittingEmptySubsequences: false)
        guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }) else {
            throw TencentError(
                "InvalidInstanceType.Malformed",
                "The instance type `\(text)` is malformed."
            )
        }
    }

    /// Equal for equal questions, and empty when every image matches.
    var question: String {
        var parts = filters.map { "\($0.name)=\($0.values)" }
        if !imageIDs.isEmpty { parts.append("ids=\(imageIDs)") }
        if let instanceType { parts.append("instance=\(instanceType)") }
        return parts.joined(separator: "&")
    }

    func matches(_ image: TencentImage) -> Bool {
        if !imageIDs.isEmpty, !imageIDs.contains(image.id) { return false }
        if let instanceType {
            // The families whose names begin with SR have ARM processors.
            let isARM = instanceType.hasPrefix("SR")
            if isARM != (image.system.architecture == "arm") { return false }
        }
        return filters.allSatisfy { filter in
            filter.values.contains { Self.matches(image, filter.name, $0) }
        }
    }

    private static func matches(_ image: TencentImage, _ name: String, _ value: String) -> Bool {
        switch name {
        case "image-id": image.id == value
        case "image-type": image.kind.rawValue == value
        case "image-name": image.name.containsWithoutCase(value)
        case "platform": image.system.platform.containsWithoutCase(value)
        case "tag-key": image.tags.contains { $0.key == value }
        case "tag-value": image.tags.contains { $0.value == value }
        case _ where name.hasPrefix("tag:"):
            image.tags.contains { $0.key == name.dropFirst(4) && $0.value == value }
        default: false
        }
    }
}
