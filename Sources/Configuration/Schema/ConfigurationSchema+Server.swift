extension ConfigurationSchema {
    static let listen = SchemaObject([
        SchemaKey(
            "address",
            .text(.address),
            .standard(.address(.standard)),
            "IP address and port; port 0 lets the system choose."
        ),
        SchemaKey("tls", .object(tls), .optional, "Absent: plain HTTP."),
    ])

    static let tls = SchemaObject([
        SchemaKey(
            "certificate",
            .text(.pem(.certificate)),
            .required,
            "PEM file, leaf certificate first.",
            example: "\"/etc/image-gateway/tls/server.pem\""
        ),
        SchemaKey(
            "key",
            .text(.pem(.privateKey)),
            .required,
            "PEM file of its private key.",
            example: "\"/etc/image-gateway/tls/server.key.pem\""
        ),
        SchemaKey(
            "client_ca",
            .text(.pem(.certificate)),
            .optional,
            "PEM file of the authorities whose clients may connect. Absent: clients show no certificate.",
            example: "\"/etc/image-gateway/tls/clients.pem\""
        ),
        SchemaKey(
            "client_certificate",
            .text(.choice(TLSConfiguration.ClientCertificate.allCases.map(\.rawValue))),
            .standard(.text(TLSConfiguration.ClientCertificate.required.rawValue)),
            "Needs client_ca: whether a connection without a certificate is refused, or may show a key or token instead."
        ),
    ])

    static let admin = SchemaObject([
        SchemaKey(
            "address",
            .text(.address),
            .standard(.address(.standardAdmin)),
            "IP address and port. One that other machines reach needs a key."
        ),
        SchemaKey(
            "key",
            .secret,
            .optional,
            "What callers of the admin port must show.",
            example: "{ env: \"IMAGE_GATEWAY_ADMIN_KEY\" }"
        ),
    ])

    static let log = SchemaObject([
        SchemaKey(
            "level",
            .text(.choice(LogConfiguration.Level.allCases.map(\.rawValue))),
            .standard(.text(LogConfiguration.Level.info.rawValue)),
            "The least important records that are written."
        ),
        SchemaKey(
            "format",
            .text(.choice(LogConfiguration.Format.allCases.map(\.rawValue))),
            .standard(.text(LogConfiguration.Format.text.rawValue)),
            "Of events on standard error; records of requests are JSON either way."
        ),
        SchemaKey("access", .flag, .standard(.flag(true)), "Whether each request draws a record."),
    ])

    static let limits = SchemaObject([
        SchemaKey(
            "connections_max",
            .integer(1...1_000_000),
            .standard(.integer(20_000)),
            "Connections at a time; for more, silent ones end, or they are refused."
        ),
        SchemaKey(
            "head_bytes_max",
            .size(1024...(1 << 20)),
            .standard(.size(16 << 10)),
            "Bytes of a request head; beyond it 431."
        ),
        SchemaKey(
            "head_timeout",
            .duration(.milliseconds(100) ... .seconds(300)),
            .standard(.duration(.seconds(10))),
            "How long a head and its body may take in total, however they trickle."
        ),
        SchemaKey(
            "idle_timeout",
            .duration(.milliseconds(100) ... .seconds(3600)),
            .standard(.duration(.seconds(60))),
            "How long a kept connection may be silent."
        ),
        SchemaKey(
            "drain_timeout",
            .duration(.seconds(0) ... .seconds(3600)),
            .standard(.duration(.seconds(30))),
            "How long a stopping gateway waits for requests in flight."
        ),
        SchemaKey(
            "unsent_bytes_max",
            .size((1 << 20)...(1 << 40)),
            .standard(.size(256 << 20)),
            "Bytes of answers that wait for slow readers, all together; beyond it the slowest are closed."
        ),
        SchemaKey(
            "cold_requests_max",
            .integer(1...1_000_000),
            .standard(.integer(1024)),
            "Requests that wait for upstreams at a time; more are answered 503."
        ),
    ])

    static let request = SchemaObject([
        SchemaKey(
            "deadline",
            .duration(.milliseconds(10) ... .seconds(300)),
            .standard(.duration(.seconds(2))),
            "How long a caller waits at most."
        ),
        SchemaKey(
            "page_size",
            .integer(1...10_000),
            .standard(.integer(50)),
            "Images per answer when the caller does not say; at most page_size_max."
        ),
        SchemaKey(
            "page_size_max",
            .integer(1...10_000),
            .standard(.integer(1000)),
            "Images per answer at most."
        ),
    ])

    static let cache = SchemaObject(
        windows(isStandard: true) + [
            SchemaKey(
                "response_bytes_max",
                .size(0...(64 << 30)),
                .standard(.size(64 << 20)),
                "Memory of all finished answers that are kept; each loop has its share."
            )
        ]
    )

    static let cors = SchemaObject([
        SchemaKey(
            "origins",
            .list(.text(.origin), 0...1000),
            .standard(.list([])),
            "Origins such as https://portal.example, or \"*\". Case and the scheme's own port make no difference.",
            example: "[\"https://portal.example\"]"
        )
    ])

    /// The three windows of a list, with defaults for `cache` and without for an upstream.
    static func windows(isStandard: Bool) -> [SchemaKey] {
        let day = Duration.seconds(86_400)
        let rows: [(String, ClosedRange<Duration>, Duration, String)] = [
            ("ttl", .zero...day * 30, .seconds(600), "How long a list counts as fresh."),
            (
                "stale_while_revalidate", .zero...day * 30, .seconds(60),
                "How long after ttl a list is served while a new one is fetched."
            ),
            (
                "stale_if_error", .zero...day * 365, day,
                "How long after ttl a list is served when fetching fails."
            ),
        ]
        return rows.map { name, range, standard, documentation in
            SchemaKey(
                name,
                .duration(range),
                isStandard ? .standard(.duration(standard)) : .optional,
                documentation + (isStandard ? "" : " Absent: cache.\(name)."),
                example: isStandard ? nil : "\"\(DurationText.text(of: standard))\""
            )
        }
    }
}
