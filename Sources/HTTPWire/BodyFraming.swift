/// How the content after a request head is delimited (RFC 9112 §6.3).
public enum BodyFraming: Sendable, Hashable {
    case none
    /// `content-length`; saturated at `Int.max`, which every limit refuses.
    case fixed(Int)
    case chunked
}
