/// What a text must be.
enum TextRule: Sendable {
    /// Printable, up to so many bytes.
    case plain(bytesMax: Int)
    /// An id: a letter or digit, then letters, digits, `.`, `_`, `-`; up to 64.
    case name
    case choice([String])
    case address
    /// `http://` or `https://` with an optional path.
    case endpoint
    /// The same, where traces go.
    case collector
    case proxy
    /// `https://portal.example` or `*`.
    case origin
    /// A path on an upstream, beginning with a slash.
    case urlPath
    /// 64 hexadecimal digits.
    case digest
    /// An upstream's id or `*`.
    case scope
    /// `https://`, or `http://` on this machine; a query is fine.
    case keySetURL
    /// `dns:`, `uri:` or `email:` and a name.
    case certificateName
    /// The subject of a certificate (RFC 2253).
    case certificateSubject
    /// A path of this machine.
    case file
    /// A path of a PEM file with a block of that kind.
    case pem(PEMKind)

    enum PEMKind: String, Sendable {
        case certificate = "CERTIFICATE"
        case privateKey = "PRIVATE KEY"
    }

    /// For messages: what is expected.
    var noun: String {
        switch self {
        case .plain, .name, .choice, .scope, .certificateName, .certificateSubject: "a text"
        case .address: "an address such as \"127.0.0.1:8080\""
        case .endpoint, .collector, .proxy, .origin, .keySetURL: "a URL"
        case .urlPath: "a path such as \"/api/images\""
        case .digest: "64 hexadecimal digits"
        case .file, .pem: "a path"
        }
    }

    /// ECMAScript's regular expression for the JSON Schema; `nil`: any text.
    var pattern: String? {
        switch self {
        case .plain, .choice, .file, .pem: nil
        case .name: "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"
        case .address: "^([0-9.]+|\\[[0-9A-Fa-f:.]+\\]):[0-9]{1,5}$"
        case .endpoint, .collector: "^[Hh][Tt][Tt][Pp][Ss]?://[^@?#\\s]+$"
        case .proxy: "^([Hh][Tt][Tt][Pp]|[Ss][Oo][Cc][Kk][Ss]5[Hh])://[^@?#\\s]+$"
        case .origin: "^(\\*|[Hh][Tt][Tt][Pp][Ss]?://[^@?#\\s]+)$"
        case .urlPath: "^/[!-\"$-=@-~]*$"
        case .digest: "^[0-9A-Fa-f]{64}$"
        case .keySetURL: "^[Hh][Tt][Tt][Pp][Ss]?://[^@#\\s]+$"
        case .certificateName: "^([Dd][Nn][Ss]|[Uu][Rr][Ii]|[Ee][Mm][Aa][Ii][Ll]):.+$"
        case .certificateSubject: "^(subject=)?[0-9A-Za-z][0-9A-Za-z.-]*=.+$"
        case .scope: "^(\\*|[A-Za-z0-9][A-Za-z0-9._-]{0,63})$"
        }
    }
}
