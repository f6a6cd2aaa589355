public import Upstreams

/// Every key of the configuration: names, types, ranges, defaults, documentation.
///
/// The decoder, its did-you-mean, the JSON Schema and the commented example all come from this table.
public struct ConfigurationSchema: Sendable {
    /// What may stand after `provider:`, in the order of the registry.
    public let descriptors: [ProviderDescriptor]
    let root: SchemaObject

    public init(descriptors: [ProviderDescriptor]) {
        self.descriptors = descriptors
        root = SchemaObject(Self.rootKeys(upstream: Self.upstream(descriptors)))
    }

    func descriptor(named name: String?) -> ProviderDescriptor? {
        descriptors.first { $0.name == name }
    }

    private static func rootKeys(upstream: SchemaObject) -> [SchemaKey] {
        serverKeys + answerKeys + [
            SchemaKey(
                "clients",
                .list(.object(client), 1...10_000),
                .optional,
                "Who may call. Absent: everybody who can reach the port."
            ),
            SchemaKey(
                "upstreams",
                .list(.object(upstream), 1...1000),
                .required,
                "What is federated. Where two upstreams list the same image, the first one here wins."
            ),
        ]
    }

    private static let serverKeys: [SchemaKey] = [
        SchemaKey("listen", .object(listen), .filled, "The public port."),
        SchemaKey(
            "admin",
            .object(admin),
            .optional,
            "Metrics, health and admin verbs; never on the public port. Absent: nowhere."
        ),
        SchemaKey(
            "cursor_key",
            .secret,
            .optional,
            "32 bytes in hexadecimal or base64 that authenticate cursors. Absent: a random one per "
                + "start, so cursors end with a restart and are not understood by other replicas.",
            example: "{ env: \"IMAGE_GATEWAY_CURSOR_KEY\" }"
        ),
        SchemaKey(
            "state_directory",
            .text(.file),
            .optional,
            "Where snapshots survive a restart; made where it is missing, with what is missing above it. Absent: "
                + "they do not.",
            example: "\"/var/lib/image-gateway\""
        ),
        SchemaKey(
            "loops",
            .integer(1...256),
            .optional,
            "Event loops, each a thread. Absent: one per core.",
            example: "2"
        ),
        SchemaKey("log", .object(log), .filled, "What is logged."),
        SchemaKey(
            "tracing",
            .object(tracing),
            .optional,
            "Spans of requests and upstream calls for an OpenTelemetry collector. Absent: none are made; a "
                + "caller's traceparent is passed on all the same."
        ),
        SchemaKey("limits", .object(limits), .filled, "Bounds of the public port."),
    ]

    private static let answerKeys: [SchemaKey] = [
        SchemaKey("request", .object(request), .filled, "How one request is treated."),
        SchemaKey(
            "cache",
            .object(cache),
            .filled,
            "How long lists are kept. The first three can be set for each upstream too."
        ),
        SchemaKey("cors", .object(cors), .filled, "Which web pages may call; off unless listed."),
    ]
}
