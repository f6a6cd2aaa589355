import Cryptography
import JSONText

/// Access and refresh tokens of GMI sessions: JWTs signed with HS256 (RFC 7519).
struct GMITokens: Sendable {
    enum Outcome: Sendable, Hashable {
        case valid, expired, invalid
    }

    /// Seconds.
    static let accessLifetime: Int64 = 900
    static let refreshLifetime: Int64 = 86_400
    static let loginLifetime: Int64 = 300
    static let userID = "3f0c2c7e-6f0b-4a57-9d0a-0c7f7d5a1b11"
    private static let header = #"{"alg":"HS256","typ":"JWT"}"#

    /// Access tokens carry no kind, as in the provider's own.
    enum Kind: String, Sendable {
        case access = ""
        case refresh
        case login
    }

    let secret: String

    func token(_ kind: Kind, expires: Int64, number: Int? = nil) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("userId", Self.userID)
            if kind != .access { writer.member("kind", kind.rawValue) }
            if let number { writer.member("number", number) }
            writer.member("exp", expires)
        }
        let head = Base64.url.encode(Array(Self.header.utf8))
        let text = head + "." + Base64.url.encode(writer.bytes)
        return text + "." + signature(text)
    }

    /// `now` is seconds since 1970.
    func check(_ token: some StringProtocol, _ kind: Kind, now: Int64) -> Outcome {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3,
            isSameSecret(signature("\(parts[0]).\(parts[1])"), String(parts[2])),
            let head = value(parts[0]), head["alg"]?.stringValue == "HS256",
            let payload = value(parts[1]), (payload["kind"]?.stringValue ?? "") == kind.rawValue
        else { return .invalid }
        guard let expires = payload["exp"]?.integerValue else { return .invalid }
        return expires > now ? .valid : .expired
    }

    private func signature(_ text: String) -> String {
        Base64.url.encode(Digest.sha256.authenticate(text, key: Array(secret.utf8)))
    }

    private func value(_ part: some StringProtocol) -> JSONValue? {
        Base64.url.decode(part).flatMap { try? JSONValue(parsing: $0) }
    }
}
