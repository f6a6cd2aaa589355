internal import HTTPWire

/// What other people's web pages could make a browser do to the admin port, and that it is refused.
///
/// A page reaches every port that its browser reaches. It need not read an answer to change something (a cross-site
/// request), and where its own name leads to this machine all of a sudden (DNS rebinding) the browser takes the port for
/// the page's own. Programs send none of the fields that tell a page, and ask by address.
enum ForeignPages {
    /// Fails with 403. Where a key is needed the name does not matter: no page knows the key.
    static func check(_ request: HTTPRequest, isKeyed: Bool) throws(Problem) {
        if !isKeyed, let host = request.fields.value(of: "host"), !isOwn(host) {
            throw .foreignHost(host)
        }
        guard !["GET", "HEAD"].contains(request.method) else { return }
        if let site = request.fields.combinedValue(of: "sec-fetch-site"),
            !["same-origin", "none"].contains(site)
        {
            throw .foreignSite("Sec-Fetch-Site", site)
        }
        if let origin = request.fields.combinedValue(of: "origin"),
            !isSame(origin, as: request.fields.value(of: "host") ?? "")
        {
            throw .foreignSite("Origin", origin)
        }
    }

    /// Whether a `Host` is a name that nobody else can have: an address, which no resolver is asked for, or
    /// `localhost`, which is always this machine (RFC 6761 §6.3).
    private static func isOwn(_ host: String) -> Bool {
        let name = split(host.lowercased()).name
        return name == "localhost" || name.hasPrefix("[") && name.hasSuffix("]") || isIPv4(name)
    }

    /// Four numbers. Names end in a label that is no number (RFC 1123 §2.1), so this is never one.
    private static func isIPv4(_ name: Substring) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                part.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt8(part) != nil
            }
    }

    /// Whether an origin (RFC 6454 §6.2) is that of the server which `host` names. The scheme decides the port where none
    /// is written; somebody in front may speak TLS.
    private static func isSame(_ origin: String, as host: String) -> Bool {
        let origin = origin.lowercased()
        for (scheme, port) in [("http://", "80"), ("https://", "443")]
        where origin.hasPrefix(scheme) {
            let theirs = split(origin.dropFirst(scheme.count))
            let ours = split(host.lowercased())
            return !theirs.name.isEmpty && theirs.name == ours.name
                && (theirs.port ?? port[...]) == (ours.port ?? port[...])
        }
        return false
    }

    /// A host and its port, where one is written.
    private static func split(_ authority: some StringProtocol) -> (
        name: Substring, port: Substring?
    ) {
        let text = Substring(authority)
        guard let colon = text.lastIndex(of: ":"), text.last != "]" else { return (text, nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }
}

extension Problem {
    fileprivate static func foreignHost(_ host: String) -> Problem {
        Problem(
            slug: "foreign-host",
            title: "The admin port has no such name",
            status: 403,
            detail:
                "the Host is '\(shortened(host))'; without admin.key this port answers to an IP address or localhost only, "
                + "so that no name of others can lead a browser here"
        )
    }

    fileprivate static func foreignSite(_ field: String, _ value: String) -> Problem {
        Problem(
            slug: "foreign-site",
            title: "Web pages of others change nothing here",
            status: 403,
            detail:
                "\(field) is '\(shortened(value))'; send this request from a program, or from a page of the same origin "
                + "as the Host"
        )
    }
}
