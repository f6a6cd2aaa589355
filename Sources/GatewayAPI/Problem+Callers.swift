internal import HTTPWire
internal import WebTokens

/// Who may not call, and why. No text repeats what was shown, the caller's own subject apart.
extension Problem {
    /// Nothing was shown, or something that is nobody's.
    static func unauthorized(_ ways: ClientDirectory.Ways, hasShown: Bool) -> Problem {
        var hints: [String] = []
        if ways.contains(.key) {
            hints.append("send a configured key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'")
        }
        if ways.contains(.token) {
            hints.append("send a token of an accepted issuer as 'Authorization: Bearer TOKEN'")
        }
        if ways.contains(.certificate) { hints.append("connect with a client certificate") }
        let what = hasShown ? "the key is nobody's here" : "this gateway answers known clients only"
        return Problem(
            slug: "unauthorized",
            title: "A client key is needed",
            status: 401,
            detail: "\(what): \(hints.joined(separator: ", or "))",
            fields: [challenge(hasShown ? "the key is nobody's here" : nil)]
        )
    }

    /// On the admin port.
    static let adminUnauthorized = Problem(
        slug: "unauthorized",
        title: "The admin key is needed",
        status: 401,
        detail: "send admin.key as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'",
        fields: [challenge(nil)]
    )

    static func upstreamDisabled(_ id: String) -> Problem {
        Problem(
            slug: "upstream-disabled",
            title: "The upstream is switched off",
            status: 409,
            detail: "'\(id)' is never called; take 'enabled: false' out of its configuration first"
        )
    }

    static let draining = Problem(
        slug: "draining",
        title: "The gateway is draining",
        status: 503,
        detail: "it finishes what is in flight and then ends; ask another one",
        fields: [HTTPField("retry-after", "1")]
    )

    /// A request that shows two keys, tokens or one of each.
    static let conflictingCredentials = Problem(
        slug: "conflicting-credentials",
        title: "More than one key was shown",
        status: 400,
        detail:
            "the request shows two different keys or tokens; send one, as 'Authorization: Bearer KEY' or 'X-API-Key: KEY'"
    )

    static func invalidToken(_ failure: TokenFailure) -> Problem {
        Problem(
            slug: "invalid-token",
            title: "The token opens nothing here",
            status: 401,
            detail: "the token \(failure.reason)",
            fields: [challenge("the token \(failure.reason)")]
        )
    }

    static func unknownCertificate(_ subject: String?) -> Problem {
        Problem(
            slug: "unknown-certificate",
            title: "The client certificate belongs to no client",
            status: 401,
            detail:
                "the certificate of '\(shortened(subject ?? ""))' is genuine, and no client here has it or it has expired",
            fields: [challenge(nil)]
        )
    }

    /// Whether the token is good is not known, so it is not refused for good.
    static func keysUnavailable(retryAfterSeconds seconds: Int) -> Problem {
        Problem(
            slug: "keys-unavailable",
            title: "The token cannot be checked now",
            status: 503,
            detail:
                "its key is not among those that could be read from its issuer so far, and they are not read again "
                + "within \(seconds) s; ask again then",
            fields: [HTTPField("retry-after", String(seconds))]
        )
    }

    /// RFC 6750 §3: without an error for who has shown nothing. The descriptions hold no quote or backslash.
    private static func challenge(_ description: String?) -> HTTPField {
        let error = description.map {
            ", error=\"invalid_token\", error_description=\"\($0)\""
        }
        return HTTPField("www-authenticate", "Bearer realm=\"image-gateway\"\(error ?? "")")
    }
}
