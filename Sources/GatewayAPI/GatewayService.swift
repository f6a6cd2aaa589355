public import Configuration
public import Federation
public import MonotonicTime
internal import Upstreams

/// Everything one configuration amounts to for those who answer requests. Immutable: a reload makes a new
/// one and hands it to every loop.
public final class GatewayService: Sendable {
    public let federation: Federation
    let clients: ClientDirectory
    let bounds: ListQueryDecoder.Bounds
    let corsOrigins: [String]
    /// What answers of lists depend on besides their target (RFC 9110 §12.5.5).
    let vary: String
    let responseBytesMax: Int
    let admission: Admission
    private let coldRequestsMax: Int
    let document: OpenAPIDocument

    /// Requests that wait under `earlier` go on counting where the bound is the same, and so do rates of clients.
    public init(
        federation: Federation,
        configuration: GatewayConfiguration,
        providers: [String],
        now: MonotonicClock.Instant,
        after earlier: GatewayService? = nil,
        keySets: (TokenClientConfiguration.KeySource) -> KeySetStore
    ) {
        self.federation = federation
        clients = ClientDirectory(
            configuration.clients,
            after: earlier?.clients,
            now: now,
            keySets: keySets
        )
        bounds = ListQueryDecoder.Bounds(
            pageSize: configuration.request.pageSize,
            pageSizeMax: configuration.request.pageSizeMax,
            deadline: configuration.request.deadline,
            providers: providers,
            upstreams: configuration.upstreams.map(\.settings.id)
        )
        corsOrigins = configuration.cors.origins
        vary = "accept-encoding" + (clients.isOpen ? "" : ", authorization, x-api-key")
        responseBytesMax = configuration.cache.responseBytesMax
        coldRequestsMax = configuration.limits.coldRequestsMax
        if let earlier, earlier.coldRequestsMax == coldRequestsMax {
            admission = earlier.admission
        } else {
            admission = Admission(coldRequestsMax: coldRequestsMax)
        }
        document = OpenAPIDocument(bounds)
    }
}
