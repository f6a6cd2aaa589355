import Providers
import Upstreams

/// The providers that the gateway ships with.
enum ShippedProviders {
    static let all: [ProviderDescriptor] = ProviderRegistry.descriptors
    static let names: [String] = all.map(\.name).sorted()
}
