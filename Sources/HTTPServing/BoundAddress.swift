internal import CSystem

/// Where a server listens: numeric host and port.
public struct BoundAddress: Sendable, Hashable, CustomStringConvertible {
    public var host: String
    public var port: UInt16

    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// `127.0.0.1:8080` or `[::1]:8080`.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` or `*:8080` (every address). Names
    /// other than `localhost` are not looked up: a listener must not depend on DNS.
    public init(_ text: String) throws(ServerError) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { throw Self.invalid(text) }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            throw Self.invalid(text)
        }
        switch host {
        case "localhost": self.init(host: "127.0.0.1", port: port)
        case "", "*": self.init(host: "0.0.0.0", port: port)
        default: self.init(host: host, port: port)
        }
        guard storage() != nil else { throw Self.invalid(text) }
    }

    init?(_ storage: sockaddr_storage) {
        var copy = storage
        let formatted = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) {
            text -> (String, Int32)? in
            guard let base = text.baseAddress else { return nil }
            let port = csystem_address_format(&copy, base, 64)
            return port < 0 ? nil : (String(cString: base), port)
        }
        guard let formatted else { return nil }
        self.init(host: formatted.0, port: UInt16(formatted.1))
    }

    func storage() -> (sockaddr_storage, socklen_t)? {
        var storage = sockaddr_storage()
        var length = socklen_t()
        return csystem_address_parse(host, port, &storage, &length) == 0 ? (storage, length) : nil
    }

    private static func invalid(_ text: String) -> ServerError {
        ServerError(
            code: .invalidAddress,
            message: "\"\(text)\" is no listen address; write 127.0.0.1:8080 or [::1]:8080",
        )
    }
}
