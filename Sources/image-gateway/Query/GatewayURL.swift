/// The address of a gateway as people write it.
enum GatewayURL {
    /// Scheme, host, port and path prefix, without a slash at the end; `nil` where it is none. The route of
    /// the list, which is easily copied along, is cut off. A user in the address is refused: a command line is no place for
    /// secrets.
    static func base(_ text: String) -> String? {
        guard
            let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) })
        else { return nil }
        let rest = text.dropFirst(scheme.count)
        let host = rest.prefix { $0 != "/" }
        guard !host.isEmpty, !rest.contains(where: { "@?#".contains($0) }),
            rest.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        let path = withoutSlashes(rest.dropFirst(host.count))
        let prefix = path.hasSuffix(listRoute) ? path.dropLast(listRoute.count) : path
        return scheme + host + withoutSlashes(prefix)
    }

    private static let listRoute = "/v1/images"

    /// Without those at the end.
    private static func withoutSlashes(_ path: Substring) -> Substring {
        var path = path
        while path.last == "/" { path.removeLast() }
        return path
    }
}
