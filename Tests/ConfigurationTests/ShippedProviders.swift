import Upstreams

/// The providers that the gateway ships with.
enum ShippedProviders {
    static let all: [ProviderDescriptor] = SampleProviders.all
    static let names: [String] = all.map(\.name).sorted()
}
