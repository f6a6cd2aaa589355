internal import Configuration
internal import GatewayAPI
internal import HTTPWire

/// A gateway that lives as long as one query: no port, no client keys.
struct InProcessSource: QuerySource {
    private let responder: GatewayResponder
    /// What must live as long as this does.
    private let companion: (any Sendable)?
    let isLocal = true

    /// Whoever can read the configuration may see all of it, so its clients do not count here.
    init(
        _ loaded: LoadedConfiguration,
        threads: Threads,
        beside companion: (any Sendable)? = nil
    ) throws {
        guard var configuration = loaded.configuration else {
            throw QueryFailure(lines: loaded.errors.map(\.description))
        }
        configuration.clients = nil
        let log = try ProcessLog()
        let gateway = try Gateway(configuration: configuration, threads: threads, log: log)
        responder = gateway.makeResponder(on: threads.main, access: false)
        self.companion = companion
    }

    /// The demo's upstreams, simulators included.
    init(simulating settings: SimulatorSettings, threads: Threads) throws {
        var settings = settings
        settings.address = "127.0.0.1:0"
        let simulators = try DemoSimulators(settings)
        let text = DemoConfiguration.text(listen: "127.0.0.1:0", simulators: simulators.origin)
        let loaded = ConfigurationFile.loader.load(text: text, file: "demo")
        try self.init(loaded, threads: threads, beside: simulators)
    }

    func get(_ target: String) async throws(QueryFailure) -> (status: Int, body: [UInt8]) {
        let response = await responder.respond(to: HTTPRequest(target: target)).joined()
        return (response.status, response.body)
    }
}
