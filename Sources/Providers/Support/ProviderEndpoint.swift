internal import Upstreams

/// Where an upstream's API lives: an origin and an optional path prefix.
struct ProviderEndpoint: Sendable, Hashable {
    /// `https` or `http`.
    let scheme: String
    /// What the `Host` field of a request says: lower case, without the scheme's own port.
    let authority: String
    /// Empty, or segments that each begin with `/`.
    private(set) var prefix: String

    /// Fails with `misconfigured` for anything but an origin and a path: no user, query or fragment. `key` is where the
    /// text comes from.
    init(_ text: String, key: String = "endpoint") throws(UpstreamError) {
        guard let (scheme, rest) = ProviderEndpoint.scheme(of: text) else {
            throw ProviderEndpoint.refusal(key)
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        guard let authority = ProviderEndpoint.authority(rest[..<slash], scheme: scheme),
            ProviderEndpoint.isPath(rest[slash...])
        else { throw ProviderEndpoint.refusal(key) }
        var prefix = rest[slash...]
        while prefix.hasSuffix("/") { prefix.removeLast() }
        (self.scheme, self.authority, self.prefix) = (scheme, authority, String(prefix))
    }

    /// The same without the first of these ends that its prefix has. An end begins with `/`.
    func without(_ ends: [String]) -> ProviderEndpoint {
        var endpoint = self
        if let end = ends.first(where: prefix.hasSuffix) {
            endpoint.prefix.removeLast(end.count)
        }
        return endpoint
    }

    /// Absolute URL of a path below the prefix.
    func url(path: String, query: QueryString = QueryString()) -> String {
        let question = query.pairs.isEmpty ? "" : "?\(query.encoded)"
        return "\(scheme)://\(authority)\(prefix)\(path)\(question)"
    }

    /// Absolute URL of a path and query that were checked by `ownPath`; the prefix is not applied.
    func url(ownPath: String) -> String { "\(scheme)://\(authority)\(ownPath)" }

    /// Path and query of a link that the provider sent, resolved against the origin.
    ///
    /// Fails with `pagingFault` for a link to another origin, a scheme-relative one, and anything that
    /// cannot go onto the wire as it stands: credentials never follow a link elsewhere.
    func ownPath(ofLink link: String) throws(UpstreamError) -> String {
        var path = link[...]
        if let (linkScheme, rest) = ProviderEndpoint.scheme(of: link) {
            let slash = rest.firstIndex(of: "/") ?? rest.endIndex
            guard linkScheme == scheme,
                ProviderEndpoint.authority(rest[..<slash], scheme: scheme) == authority
            else { throw ProviderEndpoint.foreignLink }
            path = rest[slash...]
        }
        guard path.hasPrefix("/"), !path.hasPrefix("//"),
            path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C && $0 != 0x23 })
        else { throw ProviderEndpoint.foreignLink }
        return String(path)
    }

    // MARK: Syntax (RFC 3986 §3)

    private static func scheme(of text: String) -> (scheme: String, rest: Substring)? {
        for scheme in ["https", "http"]
        where text.prefix(scheme.count + 3).lowercased() == "\(scheme)://" {
            return (scheme, text.dropFirst(scheme.count + 3))
        }
        return nil
    }

    private static func authority(_ text: Substring, scheme: String) -> String? {
        let bracket = text.lastIndex(of: "]")
        let colon = text[(bracket ?? text.startIndex)...].firstIndex(of: ":") ?? text.endIndex
        let host = text[..<colon].lowercased()
        guard isHost(host) else { return nil }
        if colon == text.endIndex { return host }
        let digits = text[text.index(after: colon)...]
        guard digits.utf8.count <= 5, digits.utf8.allSatisfy({ (48...57).contains($0) }),
            let port = UInt16(digits), port > 0
        else { return nil }
        return port == (scheme == "https" ? 443 : 80) ? host : "\(host):\(port)"
    }

    private static func isHost(_ host: String) -> Bool {
        guard let first = host.first else { return false }
        if first == "[" {
            return host.count > 3 && host.hasSuffix("]")
                && host.dropFirst().dropLast().utf8.allSatisfy { isHexadecimalOrMark($0) }
        }
        return host.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (48...57).contains(byte) || byte == 0x2D || byte == 0x2E
                || byte == 0x5F
        }
    }

    private static func isHexadecimalOrMark(_ byte: UInt8) -> Bool {
        (97...102).contains(byte) || (48...58).contains(byte) || byte == 0x2E
    }

    private static func isPath(_ path: Substring) -> Bool {
        path.utf8.allSatisfy { byte in
            byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
                && byte != 0x5C
        }
    }

    private static func refusal(_ key: String) -> UpstreamError {
        UpstreamError(
            misconfigured: key,
            "must be http:// or https:// with a host and an optional path"
        )
    }

    private static var foreignLink: UpstreamError {
        UpstreamError(
            .pagingFault,
            "The provider's link to the next page leads away from `endpoint`; it was not followed."
        )
    }
}
