public import Observability

/// One answer of the admin port; the probes leave none.
public struct AdminRecord: Sendable {
    public var requestID: RequestID
    public var action: AdminAction
    /// The path as it came, still percent-encoded.
    public var path: String
    public var status: Int
    /// Last part of the problem's type, where the answer is one.
    public var problem: String?
    public var peer: String

    /// Whether something changed, or is about to.
    public var isChange: Bool { action.isVerb && (200..<300).contains(status) }
    /// Whether a change was asked for, by somebody who may, that could not be made.
    public var isRefusedChange: Bool { action.isVerb && status >= 400 && !isIntrusion }
    /// Whether somebody was kept out: without the key, with a wrong one or two, or from another's web page.
    public var isIntrusion: Bool {
        status == 401 || status == 403 || problem == Problem.conflictingCredentials.slug
    }
}

/// What the admin port is asked for.
public enum AdminAction: String, Sendable, CaseIterable {
    case metrics
    case upstreams
    case refresh
    case purge
    case reset
    case reload
    case other

    /// By the path alone, whether or not there is such an upstream.
    init(path: Substring) {
        let verb = path.lastIndex(of: ":").map { path[path.index(after: $0)...] }
        switch path {
        case "/metrics": self = .metrics
        case "/v1/upstreams": self = .upstreams
        case "/v1/config:reload": self = .reload
        default:
            let named = verb.flatMap { Self(rawValue: String($0)) }
            self = named.map { $0.isVerb && $0 != .reload ? $0 : .other } ?? .other
        }
    }

    /// Whether it changes something.
    var isVerb: Bool {
        switch self {
        case .refresh, .purge, .reset, .reload: true
        case .metrics, .upstreams, .other: false
        }
    }
}
