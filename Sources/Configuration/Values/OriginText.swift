/// `scheme://host[:port][/path]` in parts; the common ground of endpoints, proxies and origins.
///
/// Messages never repeat the text: people put passwords into URLs.
struct OriginText: Sendable, Hashable {
    var scheme: String
    /// Without brackets.
    var host: String
    var port: UInt16?
    /// Empty or beginning with a slash; never ending in one.
    var path: String

    /// What such a text is for.
    enum Use: Sendable {
        /// Of an upstream.
        case endpoint
        /// Of traces.
        case collector
        case keySet
        case proxy
        /// Of a web page.
        case origin

        var schemes: [String] { self == .proxy ? ["http", "socks5h"] : ["https", "http"] }
        var allowsPath: Bool { self != .proxy && self != .origin }

        /// Where a user name and a password belong instead.
        var login: String {
            switch self {
            case .endpoint: "use credentials"
            case .collector: "use headers"
            case .keySet: "key sets are read without"
            case .proxy: "proxies that ask for them cannot be used; credentials are the upstream's"
            case .origin: "an origin has none"
            }
        }
    }

    init(_ text: String, as use: Use) throws(TextComplaint) {
        let (schemes, allowsPath) = (use.schemes, use.allowsPath)
        let hint = "for example \"\(schemes[0])://host.example\(allowsPath ? "" : ":3128")\""
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw TextComplaint("holds characters that no URL may hold", hint)
        }
        guard let mark = text.firstRange(of: "://") else { throw TextComplaint("is no URL", hint) }
        scheme = text[..<mark.lowerBound].lowercased()
        guard schemes.contains(scheme) else {
            throw TextComplaint(
                "must begin with \(schemes.map { "\($0)://" }.joined(separator: " or "))"
            )
        }
        let rest = text[mark.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = rest[..<slash]
        path = Self.trimmed(rest[slash...])
        if authority.contains("@") {
            throw TextComplaint("must not hold a user name or password", use.login)
        }
        try Self.refuse(rest: rest, path: path, allowsPath: allowsPath)
        (host, port) = try Self.split(authority)
    }

    var text: String {
        let host = host.contains(":") ? "[\(host)]" : host
        return "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)"
    }

    /// As browsers write it in `Origin` (RFC 6454 §6.2): the host in lower case, and no port that the scheme has anyway.
    var origin: String {
        var origin = self
        origin.host = host.lowercased()
        if port == (scheme == "https" ? 443 : 80) { origin.port = nil }
        return origin.text
    }

    private static func trimmed(_ path: Substring) -> String {
        var path = path
        while path.hasSuffix("/") { path.removeLast() }
        return String(path)
    }

    private static func refuse(
        rest: Substring,
        path: String,
        allowsPath: Bool
    ) throws(TextComplaint) {
        if rest.contains("?") || rest.contains("#") {
            throw TextComplaint("must not hold a query or fragment")
        }
        if !allowsPath, !path.isEmpty { throw TextComplaint("must not hold a path") }
    }

    private static func split(
        _ authority: Substring
    ) throws(TextComplaint) -> (host: String, port: UInt16?) {
        let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
        let colon = authority[bracket...].firstIndex(of: ":") ?? authority.endIndex
        let host = String(authority[..<colon])
        let port = authority[colon...].dropFirst()
        let isIPv6 = host.hasPrefix("[") && host.hasSuffix("]")
        let bare = isIPv6 ? String(host.dropFirst().dropLast()) : host
        guard isIPv6 ? HostText.isIPv6(bare) : HostText.isName(bare) else {
            throw TextComplaint("has no valid host name")
        }
        if colon == authority.endIndex { return (bare, nil) }
        guard port.utf8.allSatisfy(ASCII.isDigit), let number = UInt16(port), number > 0 else {
            throw TextComplaint("has no port between 1 and 65535")
        }
        return (bare, number)
    }
}
