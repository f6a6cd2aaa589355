import Upstreams

extension ConfigurationSchema {
    static func upstream(_ descriptors: [ProviderDescriptor]) -> SchemaObject {
        SchemaObject(
            identityKeys(descriptors) + windows(isStandard: false) + patienceKeys + boundKeys
                + transportKeys + [
                    SchemaKey(
                        "tags",
                        .list(.text(.plain(bytesMax: 64)), 0...64),
                        .standard(.list([])),
                        "Labels of your own.",
                        example: "[\"prod\"]"
                    ),
                    SchemaKey(
                        "enabled",
                        .flag,
                        .standard(.flag(true)),
                        "false: listed as skipped, never called; its secrets may be missing."
                    ),
                ],
            switchKey: "enabled"
        )
    }

    private static func identityKeys(_ descriptors: [ProviderDescriptor]) -> [SchemaKey] {
        [
            SchemaKey(
                "id",
                .text(.name),
                .required,
                "Unique; what answers and logs call this upstream.",
                example: "\"huawei-bj4\""
            ),
            SchemaKey(
                "provider",
                .text(.choice(descriptors.map(\.name))),
                .required,
                "Whose API it is."
            ),
            SchemaKey(
                "api",
                .text(.choice(Set(descriptors.flatMap(\.dialects)).sorted())),
                .optional,
                "Dialect, where the provider has several. Absent: the provider's first."
            ),
            SchemaKey(
                "region",
                .text(.plain(bytesMax: 128)),
                .optional,
                "Region or zone, as the provider spells it.",
                example: "\"cn-north-4\""
            ),
            SchemaKey(
                "endpoint",
                .text(.endpoint),
                .optional,
                "Base URL. Absent: the provider's own, for the region.",
                example: "\"https://ims.cn-north-4.myhuaweicloud.com\""
            ),
            SchemaKey(
                "iam_endpoint",
                .text(.endpoint),
                .optional,
                "Base URL of the identity service, where a password is exchanged for a token.",
                example: "\"https://iam.cn-north-4.myhuaweicloud.com\""
            ),
            SchemaKey(
                "path",
                .text(.urlPath),
                .optional,
                "Path of the list call, where an installation departs from the documented one.",
                example: "\"/aries/api/v1/image/list\""
            ),
            SchemaKey(
                "credentials",
                .credentials,
                .optional,
                "Each member may be { env: \"NAME\" }, { file: \"PATH\" } or a text."
            ),
        ]
    }

    private static let patienceKeys: [SchemaKey] = [
        SchemaKey(
            "deadline",
            .duration(.milliseconds(10) ... .seconds(300)),
            .optional,
            "How long a caller waits for this upstream. Absent: 1500ms, or request.deadline where "
                + "that is shorter.",
            example: "\"1500ms\""
        ),
        SchemaKey(
            "call_timeout",
            .duration(.milliseconds(10) ... .seconds(600)),
            .standard(.duration(.seconds(10))),
            "How long one call may take."
        ),
        SchemaKey(
            "walk_timeout",
            .duration(.milliseconds(10) ... .seconds(86_400)),
            .standard(.duration(.seconds(300))),
            "How long one walk over all pages may take; it goes on for the next caller."
        ),
    ]

    private static let boundKeys: [SchemaKey] = [
        SchemaKey(
            "page_size",
            .integer(1...10_000),
            .optional,
            "Images per call. Absent: what suits the provider.",
            example: "100"
        ),
        SchemaKey(
            "images_max",
            .integer(1...10_000_000),
            .standard(.integer(200_000)),
            "Images of one walk; beyond it the walk ends."
        ),
        SchemaKey(
            "list_bytes_max",
            .size(1024...(1 << 40)),
            .optional,
            "Bytes of all answers of one walk, decompressed; beyond it the walk ends. Absent: 4 KiB for each of "
                + "images_max, and 16 MiB at least.",
            example: "\"512MiB\""
        ),
        SchemaKey(
            "body_bytes_max",
            .size(1024...(1 << 30)),
            .standard(.size(64 << 20)),
            "Bytes of one answer, decompressed."
        ),
        SchemaKey(
            "retries",
            .integer(0...2),
            .standard(.integer(2)),
            "Further attempts after a failure that may pass."
        ),
        SchemaKey(
            "retry_budget",
            .number(0...1),
            .standard(.number(0.1)),
            "Retries as a share of the calls of the last minute; two a minute are always allowed."
        ),
        SchemaKey(
            "concurrency",
            .integer(1...1000),
            .standard(.integer(8)),
            "Calls at a time; more wait."
        ),
        SchemaKey(
            "hedge",
            .object(hedge),
            .filled,
            "A second attempt at a page that takes unusually long; the first answer counts."
        ),
        SchemaKey("rate_limit", .object(rate), .optional, "Absent: no bound."),
        SchemaKey("breaker", .object(breaker), .filled, "When to leave a sick upstream alone."),
    ]

    private static let rate = SchemaObject([
        SchemaKey(
            "requests_per_second",
            .number(0...1_000_000),
            .required,
            "Calls per second that the gateway allows itself.",
            example: "20"
        )
    ])

    private static let hedge = SchemaObject([
        SchemaKey("enabled", .flag, .standard(.flag(true)), "Whether there are any."),
        SchemaKey(
            "after",
            .duration(.milliseconds(1) ... .seconds(60)),
            .optional,
            "How long a page may take before. Absent: three times what pages usually take.",
            example: "\"500ms\""
        ),
        SchemaKey(
            "budget",
            .number(0...1),
            .standard(.number(0.05)),
            "Second attempts as a share of the calls of the last minute; two a minute are always allowed."
        ),
    ])

    private static let breaker = SchemaObject([
        SchemaKey(
            "failures",
            .integer(1...1000),
            .standard(.integer(5)),
            "Failures in a row that open it."
        ),
        SchemaKey(
            "open_for",
            .duration(.milliseconds(100) ... .seconds(3600)),
            .standard(.duration(.seconds(10))),
            "How long it stays open before a probe."
        ),
    ])

    private static let transportKeys: [SchemaKey] = [
        SchemaKey(
            "tls",
            .object(
                SchemaObject([
                    SchemaKey(
                        "ca_file",
                        .text(.pem(.certificate)),
                        .optional,
                        "PEM file of the authorities to trust instead of the system's.",
                        example: "\"/etc/image-gateway/tls/upstream-ca.pem\""
                    )
                ])
            ),
            .filled,
            "How the upstream's certificate is judged."
        ),
        SchemaKey(
            "proxy",
            .text(.proxy),
            .optional,
            "http://host:port or socks5h://host:port, without a login.",
            example: "\"http://proxy.example:3128\""
        ),
    ]
}
