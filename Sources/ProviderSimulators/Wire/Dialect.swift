import HTTPWire

/// One provider API from its own side.
protocol Dialect: Sendable {
    static var provider: SimulatedProvider { get }

    /// `now` is microseconds since 1970.
    func answer(_ request: HTTPRequest, now: Int64) async -> DialectAnswer
}
