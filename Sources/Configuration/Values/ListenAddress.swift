/// An IP address and a port to listen on: `127.0.0.1:8080`, `[::1]:8080`, `0.0.0.0:8080`.
public struct ListenAddress: Sendable, Hashable, CustomStringConvertible {
    /// IPv4 in dotted form or IPv6 without brackets.
    public let host: String
    /// 0 lets the system choose.
    public let port: UInt16

    /// Fails with what is wrong and what would be right. Names are refused: where one listens must not
    /// depend on a resolver.
    public init(_ text: String) throws(TextComplaint) {
        guard let colon = text.lastIndex(of: ":") else { throw Self.complaint() }
        let port = text[text.index(after: colon)...]
        guard let number = Self.port(port) else {
            // Not repeated: a comma that is missing makes a secret part of it.
            throw TextComplaint("has no port between 0 and 65535")
        }
        self.port = number
        self.host = try Self.host(text[..<colon], port: number)
    }

    private init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Whether only this machine can reach it.
    public var isLoopback: Bool { HostText.isLoopback(host) }

    /// Whether only one of them can be listened on: they share a port, and their hosts are the same, or one stands for
    /// the other, too. `::` takes IPv4 as well.
    public func overlaps(_ other: ListenAddress) -> Bool {
        guard port == other.port, port != 0 else { return false }
        let hosts = [host, other.host]
        if host == other.host || hosts.contains("::") { return true }
        return hosts.contains("0.0.0.0") && !hosts.contains { $0.contains(":") }
    }

    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    private static func port(_ text: Substring) -> UInt16? {
        guard !text.isEmpty, text.utf8.allSatisfy(ASCII.isDigit) else { return nil }
        return UInt16(text)
    }

    private static func host(_ text: Substring, port: UInt16) throws(TextComplaint) -> String {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let inner = String(text.dropFirst().dropLast())
            if HostText.isIPv6(inner) { return inner }
        }
        if HostText.isIPv4(text) { return String(text) }
        switch text.lowercased() {
        case "", "*": throw complaint("0.0.0.0", port)
        case "localhost": throw complaint("127.0.0.1", port)
        default: throw complaint()
        }
    }

    /// The text is not repeated: what is no address may be a secret in the wrong place.
    private static func complaint(
        _ host: String = "127.0.0.1",
        _ port: UInt16 = 8080
    ) -> TextComplaint {
        TextComplaint(
            "is not an IP address and a port",
            "for example \"\(host):\(port)\" or \"[::1]:\(port)\""
        )
    }
}

extension ListenAddress {
    /// `127.0.0.1:8080`
    public static let standard = ListenAddress(host: "127.0.0.1", port: 8080)
    /// `127.0.0.1:8081`
    public static let standardAdmin = ListenAddress(host: "127.0.0.1", port: 8081)
}
