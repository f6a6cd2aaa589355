/// What the simulated accounts accept, the same for every provider.
public struct SimulatorCredentials: Sendable, Hashable {
    public var keyID = "AKIDSIMULATOR"
    public var secret = "simulator-secret"
    public var token = "simulator-token"
    public var user = "simulator"
    public var password = "simulator"
    public var domain = "simulator"
    public var email = "simulator@example.com"
    public var projectID = "0123456789abcdef0123456789abcdef"

    public init() {}
}
