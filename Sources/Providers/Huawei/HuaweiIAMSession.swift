internal import ImageModel
internal import JSONText
internal import Observability
internal import Upstreams

/// A project-scoped token of Huawei's IAM (Keystone v3), from a user's password.
/// Source: support.huaweicloud.com api-iam, "Obtaining a User Token Through Password Authentication".
struct HuaweiIAMSession: SessionAuthentication {
    /// A token that has less than this left is renewed first, unless it lives shorter than four times this.
    static let renewalMargin = Duration.seconds(30 * 60)
    /// Upper bound on bytes of a token; real ones are a few kilobytes.
    static let tokenBytesMax = 32 << 10

    private let endpoint: ProviderEndpoint
    private let username: String
    private let password: Redacted<String>
    private let domain: String
    private let project: String

    init(_ settings: UpstreamSettings, _ credentials: ProviderCredentials) throws(UpstreamError) {
        guard let iamEndpoint = settings.iamEndpoint, !iamEndpoint.isEmpty else {
            throw UpstreamError(misconfigured: "iam_endpoint", "is required with a password")
        }
        endpoint = try ProviderEndpoint(iamEndpoint, key: "iam_endpoint")
        username = credentials["username"]
        password = Redacted(credentials["password"])
        domain = credentials["domain"]
        project = credentials["project"]
    }

    func request(
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        var query = QueryString()
        // The catalogue of services is most of the answer, and nobody reads it here.
        query.add("nocatalog", "true")
        return UpstreamRequest(
            method: "POST",
            url: endpoint.url(path: "/v3/auth/tokens", query: query),
            fields: [
                UpstreamField("Content-Type", "application/json;charset=utf8"),
                UpstreamField("Accept", "application/json"),
            ],
            body: body
        )
    }

    func decode(
        _ response: UpstreamResponse,
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> SessionProgress {
        guard response.status == 201 || response.status == 200 else {
            throw HuaweiErrorCode.error(response, isInSession: false)
        }
        guard let token = response.value(of: "X-Subject-Token"),
            (1...HuaweiIAMSession.tokenBytesMax).contains(token.utf8.count),
            token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else {
            throw UpstreamError(
                .malformedAnswer,
                "The login succeeded, but its answer carries no usable token.",
                status: response.status
            )
        }
        return .established(Session(token: token, beganAt: date, expiresAt: expiry(response)))
    }

    func needsRenewal(_ session: Session, at date: Timestamp) -> Bool {
        session.isEnding(at: date, margin: HuaweiIAMSession.renewalMargin)
    }

    private func expiry(_ response: UpstreamResponse) -> Timestamp? {
        // With its catalogue the answer may be larger than an error ever is.
        let body = try? JSONValue(parsing: response.body)
        return body?["token"]?["expires_at"]?.stringValue.flatMap { Timestamp(rfc3339: $0) }
    }

    /// A project is named by its id where it looks like one, else by its name.
    private var body: [UInt8] {
        let isID =
            project.utf8.count == 32
            && project.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        var writer = JSONWriter()
        writer.object(in: "auth") { writer in
            writer.nested("identity") { writer in
                writer.member("methods", ["password"])
                writer.nested("password") { writer in
                    writer.nested("user") { writer in
                        writer.member("name", username)
                        writer.member("password", password.revealed)
                        writer.nested("domain") { $0.member("name", domain) }
                    }
                }
            }
            writer.nested("scope") { writer in
                writer.nested("project") { $0.member(isID ? "id" : "name", project) }
            }
        }
        return writer.bytes
    }
}
