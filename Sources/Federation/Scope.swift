/// Which upstreams a caller may see. Everything that is shared between callers is kept per scope.
public enum Scope: Sendable, Hashable {
    case all
    /// Ids of upstreams.
    case only(Set<String>)

    public func allows(_ upstream: String) -> Bool {
        switch self {
        case .all: true
        case .only(let ids): ids.contains(upstream)
        }
    }

    /// The same scope is always the same text.
    var canonical: String {
        switch self {
        case .all: "*"
        case .only(let ids): ids.sorted().joined(separator: ",")
        }
    }
}
