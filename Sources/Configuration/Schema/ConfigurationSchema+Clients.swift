extension ConfigurationSchema {
    static let client = SchemaObject(
        [
            SchemaKey(
                "id",
                .text(.name),
                .required,
                "Unique; what logs call this client.",
                example: "\"portal\""
            ),
            SchemaKey(
                "key_sha256",
                .text(.digest),
                .optional,
                "SHA-256 of the client's key in hexadecimal; that of an empty key is refused. Make your own: "
                    + "KEY=$(openssl rand -hex 32); printf %s \"$KEY\" | sha256sum. A client has one of key_sha256, "
                    + "jwt and certificate.",
                // Of random bytes that nobody kept: an example that is copied lets nobody in.
                example: "\"ec9452aa85fda0a4a4947800feeb2404f6f9f1cf1473e15246b885f3316b286f\""
            ),
            SchemaKey(
                "jwt",
                .object(jwt),
                .optional,
                "Instead of a key: JSON Web Tokens of an identity provider. The first client whose demands a token meets is meant."
            ),
            SchemaKey(
                "certificate",
                .object(certificate),
                .optional,
                "Instead of a key: a client certificate; needs listen.tls.client_ca."
            ),
            SchemaKey(
                "upstreams",
                .list(.text(.scope), 1...1000),
                .standard(.list([.text("*")])),
                "Ids of the upstreams that the client may see; \"*\" is all."
            ),
            SchemaKey("rate_limit", .object(clientRate), .optional, "Absent: no bound."),
        ],
        choice: ["key_sha256", "jwt", "certificate"]
    )

    private static let clientRate = SchemaObject([
        SchemaKey(
            "requests_per_second",
            .number(0...1_000_000),
            .required,
            "How fast the bucket fills.",
            example: "200"
        ),
        SchemaKey(
            "burst",
            .integer(1...10_000_000),
            .optional,
            "Requests at once. Absent: those of one second.",
            example: "400"
        ),
    ])

    private static let jwt = SchemaObject([
        SchemaKey(
            "issuer",
            .text(.plain(bytesMax: 1024)),
            .required,
            "What iss must be, to the letter.",
            example: "\"https://id.example/realms/cloud\""
        ),
        SchemaKey(
            "audience",
            .list(.text(.plain(bytesMax: 1024)), 1...16),
            .required,
            "What aud must be or hold; one of them is enough.",
            example: "[\"image-gateway\"]"
        ),
        SchemaKey("jwks", .object(jwks), .required, "Where the issuer's public keys are."),
        SchemaKey(
            "algorithms",
            .list(.text(.choice(TokenClientConfiguration.algorithmNames)), 1...3),
            .standard(.list(TokenClientConfiguration.algorithmNames.map { .text($0) })),
            "What tokens may be signed with."
        ),
        SchemaKey(
            "subject",
            .text(.plain(bytesMax: 1024)),
            .optional,
            "What sub must be. Absent: anything.",
            example: "\"build-server\""
        ),
        SchemaKey(
            "claims",
            .list(.object(claim), 1...16),
            .optional,
            "More claims that must hold, all of them."
        ),
        SchemaKey(
            "clock_skew",
            .duration(.zero ... .seconds(600)),
            .standard(.duration(.seconds(60))),
            "How far the issuer's clock and this one may be apart."
        ),
    ])

    private static let jwks = SchemaObject(
        [
            SchemaKey(
                "url",
                .text(.keySetURL),
                .optional,
                "https:// (http:// on this machine only).",
                example: "\"https://id.example/realms/cloud/protocol/openid-connect/certs\""
            ),
            SchemaKey(
                "file",
                .text(.file),
                .optional,
                "A file with a JSON Web Key Set.",
                example: "\"/etc/image-gateway/jwks.json\""
            ),
            SchemaKey(
                "ca_file",
                .text(.pem(.certificate)),
                .optional,
                "PEM file of the authorities to trust for url instead of the system's.",
                example: "\"/etc/image-gateway/tls/id.pem\""
            ),
            SchemaKey(
                "refresh",
                .duration(.seconds(30) ... .seconds(86_400)),
                .standard(.duration(.seconds(600))),
                "How often the keys are read again; a token with an unknown key has them read at once, twice a minute at most."
            ),
        ],
        choice: ["url", "file"]
    )

    private static let claim = SchemaObject([
        SchemaKey(
            "name",
            .text(.plain(bytesMax: 256)),
            .required,
            "The claim. Of scope and scp one word must fit.",
            example: "\"groups\""
        ),
        SchemaKey(
            "any_of",
            .list(.text(.plain(bytesMax: 1024)), 1...64),
            .required,
            "Texts of which the claim must be, or hold, one.",
            example: "[\"cloud-team\"]"
        ),
    ])

    private static let certificate = SchemaObject(
        [
            SchemaKey(
                "subject",
                .text(.certificateSubject),
                .optional,
                "The whole subject, as printed by: openssl x509 -noout -subject -nameopt RFC2253.",
                example: "\"CN=portal,O=Example\""
            ),
            SchemaKey(
                "san",
                .text(.certificateName),
                .optional,
                "One alternative name (dns:, uri:, email:).",
                example: "\"uri:spiffe://example/portal\""
            ),
        ],
        choice: ["subject", "san"]
    )
}
