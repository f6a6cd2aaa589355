/// Why upstreams had to be asked for an answer (RFC 9211 §2.2), the weightiest reason last.
public enum ForwardReason: UInt8, Sendable, Hashable, Comparable, CaseIterable {
    /// Without the request's own wishes what was kept would have done.
    case request
    /// What was kept is too old.
    case stale
    /// Nothing was kept, or nothing worth it.
    case miss

    public static func < (left: ForwardReason, right: ForwardReason) -> Bool {
        left.rawValue < right.rawValue
    }
}
