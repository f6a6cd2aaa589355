internal import ImageModel
public import MonotonicTime
internal import Upstreams

/// Who must be asked.
extension Federation {
    public func visibleNodes(_ scope: Scope) -> [UpstreamNode] {
        scope == .all ? nodes : nodes.filter { scope.allows($0.id) }
    }

    /// Whether there may be a question that is answered without waiting; where not, there is none.
    public func mayAnswerAtOnce(_ scope: Scope, now: MonotonicClock.Instant) -> Bool {
        nodes.contains { $0.mayAnswerAtOnce(now: now) && scope.allows($0.id) }
    }

    /// Whether nothing this upstream lists can match. One that shares provider and region with an upstream
    /// asked for by name is still read: it may know the same images.
    func isExcluded(_ node: UpstreamNode, by query: ImageQuery) -> Bool {
        let (provider, region) = (node.settings.provider, node.settings.region)
        if !query.providers.isEmpty, !query.providers.contains(provider) { return true }
        if let region, !query.regions.isEmpty, !query.regions.contains(region) { return true }
        if !query.ids.isEmpty, !query.ids.contains(where: { couldList(node, $0) }) { return true }
        guard !query.upstreams.isEmpty else { return false }
        return !nodes.contains { other in
            query.upstreams.contains(other.id) && other.settings.provider == provider
                && (region == nil || other.settings.region == nil
                    || other.settings.region == region)
        }
    }

    /// A global id begins with the provider and the region of whoever lists the image; any other id may be any
    /// provider's own.
    private func couldList(_ node: UpstreamNode, _ id: String) -> Bool {
        let isGlobal = nodes.contains { id.hasPrefix("\($0.settings.provider):") }
        if !isGlobal { return true }
        let (provider, region) = (node.settings.provider, node.settings.region)
        return id.hasPrefix(region.map { "\(provider):\($0):" } ?? "\(provider):")
    }
}
