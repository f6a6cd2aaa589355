public import Upstreams

/// The providers that this gateway knows. A new one is a line here.
public enum ProviderRegistry {
    /// Adapter types in the order of the documentation.
    public static let adapters: [any ProviderAdapter.Type] = [
        AriesAdapter.self,
        ZenlayerAdapter.self,
        HuaweiIMSAdapter.self,
        TencentCVMAdapter.self,
        GMIAdapter.self,
    ]

    public static var descriptors: [ProviderDescriptor] { adapters.map { $0.descriptor } }

    /// The adapter of one upstream. Fails with `misconfigured` for an unknown provider, and where the
    /// settings cannot work with it.
    public static func makeAdapter(
        settings: UpstreamSettings
    ) throws(UpstreamError) -> any ProviderAdapter {
        guard let adapter = adapters.first(where: { $0.descriptor.name == settings.provider })
        else {
            let names = descriptors.map(\.name).joined(separator: ", ")
            throw UpstreamError(misconfigured: "provider", "must be one of \(names)")
        }
        return try adapter.init(settings: settings)
    }
}
