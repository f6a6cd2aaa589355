public import ImageModel
public import Upstreams

/// What both lists can filter without losing an image. Properties whose names begin with `__` are asked
/// for on the native list only: a plain Glance answers an unknown property with an empty list. Names are
/// compared exactly there and without case here, so they stay here.
extension HuaweiIMSAdapter {
    public func pushdown(for query: ImageQuery) -> Pushdown? {
        var parameters: [Pushdown.Parameter] = []
        let ids = NativeIDs.pushable(
            query.ids,
            provider: HuaweiIMSAdapter.descriptor.name,
            region: region,
            countMax: 1,
            isNative: HuaweiIMSAdapter.isUUID
        )
        if let ids { parameters.append(.init("id", ids)) }
        if let visibility = pushable(query.visibilities) { parameters.append(visibility) }
        if let status = HuaweiIMSAdapter.pushable(query.statuses) {
            parameters.append(.init("status", [status]))
        }
        if let tag = pushable(tags: query.tags) { parameters.append(tag) }
        for (name, after, before) in [
            ("created_at", query.createdAfter, query.createdBefore),
            ("updated_at", query.updatedAfter, query.updatedBefore),
        ] {
            if let bound = HuaweiIMSAdapter.bound(after: after, before: before) {
                parameters.append(.init(name, [bound]))
            }
        }
        return parameters.isEmpty ? nil : Pushdown(parameters)
    }

    private func pushable(_ visibilities: [Visibility]) -> Pushdown.Parameter? {
        guard visibilities.count == 1, let visibility = visibilities.first else { return nil }
        switch (dialect, visibility) {
        case (.openstack, .public): return .init("visibility", ["public"])
        case (.openstack, .private): return .init("visibility", ["private"])
        case (.openstack, _): return nil
        case (.cloudimages, .public): return .init("__imagetype", ["gold"])
        case (.cloudimages, .private): return .init("__imagetype", ["private"])
        case (.cloudimages, .shared): return .init("__imagetype", ["shared"])
        case (.cloudimages, .marketplace): return .init("__imagetype", ["market"])
        }
    }

    /// Only where one of the provider's words covers ours.
    private static func pushable(_ statuses: [ImageStatus]) -> String? {
        switch statuses {
        case [.available]: "active"
        case [.error]: "killed"
        default: nil
        }
    }

    /// One `key=value`, by which the native list finds an older `key.value` too, and a plain Glance does not. A key
    /// alone is compared with whole tags; which point of several divides an older tag is undocumented.
    private func pushable(tags: [String]) -> Pushdown.Parameter? {
        guard dialect == .cloudimages, tags.count == 1, let tag = tags.first else { return nil }
        let halves = tag.split(separator: "=", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves.contains(""), !tag.contains("."), tag.utf8.count <= 255
        else { return nil }
        return .init("tag", [tag])
    }

    /// 1970 to 2100: what every server can read.
    private static let readable = Timestamp(seconds: 0)..<Timestamp(seconds: 4_102_444_800)

    /// One bound, because a repeated parameter means nothing; in whole seconds, rounded outwards.
    private static func bound(after: Timestamp?, before: Timestamp?) -> String? {
        guard let bound = after ?? before, readable.contains(bound) else { return nil }
        let isWhole = bound.microseconds % 1_000_000 == 0
        let seconds = after != nil || isWhole ? bound.seconds : bound.seconds + 1
        return "\(after != nil ? "gte" : "lt"):\(Timestamp(seconds: seconds).rfc3339)"
    }

    private static func isUUID(_ id: String) -> Bool {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        return parts.map(\.count) == [8, 4, 4, 4, 12]
            && parts.joined().utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }
}
