/// The method of a request where it is one of RFC 9110 §9 or RFC 5789, as the HTTP writes it.
///
/// Clients write into a method, too, what belongs elsewhere, so of any other it is told only that it is another one.
public enum RequestMethod: String, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"
    case patch = "PATCH"
    case options = "OPTIONS"
    case trace = "TRACE"
    case connect = "CONNECT"
    /// By OpenTelemetry's word.
    case other = "_OTHER"

    /// With case (RFC 9110 §9.1): `get` is another one.
    public init(_ text: String) {
        self = RequestMethod(rawValue: text) ?? .other
    }
}
