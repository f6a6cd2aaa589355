internal import Upstreams

/// What every adapter asks of its settings.
extension UpstreamSettings {
    /// The endpoint, or the descriptor's default where the settings leave it empty.
    func endpoint(_ descriptor: ProviderDescriptor) throws(UpstreamError) -> ProviderEndpoint {
        if !endpoint.isEmpty { return try ProviderEndpoint(endpoint) }
        guard let standard = descriptor.endpoint(region: region, api: api) else {
            throw UpstreamError(misconfigured: "endpoint", "is required for \(descriptor.name)")
        }
        return try ProviderEndpoint(standard)
    }

    /// The dialect, or the descriptor's first.
    func dialect(_ descriptor: ProviderDescriptor) throws(UpstreamError) -> String {
        let dialect = api ?? descriptor.dialects.first ?? ""
        guard descriptor.dialects.contains(dialect) else {
            let known = descriptor.dialects.joined(separator: ", ")
            throw UpstreamError(
                misconfigured: "api",
                "must be one of \(known) for \(descriptor.name)"
            )
        }
        return dialect
    }

    /// A region that can stand in a header field and a JSON text.
    func requiredRegion(_ descriptor: ProviderDescriptor) throws(UpstreamError) -> String {
        guard let region, !region.isEmpty, region.utf8.count <= 128,
            region.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            let message = "is required for \(descriptor.name): ASCII without spaces"
            throw UpstreamError(misconfigured: "region", message)
        }
        return region
    }

    func pageSize(_ descriptor: ProviderDescriptor) throws(UpstreamError) -> Int {
        guard let rule = descriptor.pageSize else { return 0 }
        let size = pageSize ?? rule.standard
        guard (1...rule.maximum).contains(size) else {
            throw UpstreamError(
                misconfigured: "page_size",
                "must be 1 to \(rule.maximum) for \(descriptor.name)"
            )
        }
        return size
    }
}
