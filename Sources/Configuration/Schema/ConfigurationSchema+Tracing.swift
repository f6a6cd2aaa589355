extension ConfigurationSchema {
    static let tracing = SchemaObject([
        SchemaKey(
            "otlp_endpoint",
            .text(.collector),
            .required,
            "Collector that takes OTLP over HTTP in JSON, with its path.",
            example: "\"http://127.0.0.1:4318/v1/traces\""
        ),
        SchemaKey(
            "sample_ratio",
            .ratio,
            .standard(.number(0.01)),
            "Share of the traces beginning here that are recorded; a caller's trace keeps the caller's "
                + "decision."
        ),
        SchemaKey(
            "headers",
            .list(.object(header), 1...16),
            .optional,
            "Header fields that the collector wants to see."
        ),
        SchemaKey(
            "service_name",
            .text(.name),
            .standard(.text("image-gateway")),
            "What traces call this gateway."
        ),
        SchemaKey(
            "ca_file",
            .text(.pem(.certificate)),
            .optional,
            "PEM file of the authorities to trust instead of the system's.",
            example: "\"/etc/image-gateway/tls/collector-ca.pem\""
        ),
    ])

    private static let header = SchemaObject([
        SchemaKey(
            "name",
            .text(.name),
            .required,
            "Name of the field.",
            example: "\"authorization\""
        ),
        SchemaKey(
            "value",
            .secret,
            .required,
            "Its whole value.",
            example: "{ env: \"OTLP_AUTHORIZATION\" }"
        ),
    ])
}
