public import HTTPWire

/// One provider behind a port of its own, for what can only befall a whole port.
public struct ProviderDoor: Responder {
    public let provider: SimulatedProvider
    private let simulator: ProviderSimulator

    init(_ provider: SimulatedProvider, _ simulator: ProviderSimulator) {
        self.provider = provider
        self.simulator = simulator
    }

    public func respond(to request: HTTPRequest) async -> HTTPResponse {
        await simulator.respond(to: request)
    }

    public func greeting(of peer: HTTPPeer) -> WireScript? {
        simulator.greeting(at: provider)
    }
}
