internal import Catalogs
internal import ImageModel
internal import JSONText

extension OpenAPISchemas {
    static var image: JSONValue {
        [
            "type": "object",
            "description": """
            One image, normalized. Without `fields` every member but `raw` is there; what nobody knows is \
            null, never guessed.
            """,
            "required": ["id"],
            "properties": .object(
                FieldSelection.Member.allCases.map { JSONValue.Member($0.rawValue, schema($0)) }
            ),
            "examples": [OpenAPIExamples.image],
        ]
    }

    private static func schema(_ member: FieldSelection.Member) -> JSONValue {
        switch member {
        case .id:
            text("Global id: provider:region:native_id. Equal ids are merged, nothing else is.")
        case .provider: text("The provider's name.")
        case .region: text("The provider's region (a zone or data centre where it has no regions).")
        case .nativeID: text("The provider's own id, to start machines with.")
        case .name: text("The image's name as the provider gives it, or its id.")
        case .description: text("The provider's text.", isNullable: true)
        case .os: .schema("OperatingSystem")
        case .architecture: words(Architecture.self, "The processor it was built for.")
        case .visibility: words(Visibility.self, "Who may use it.", isNullable: true)
        case .status: words(ImageStatus.self, "Whether it can be used now.", isNullable: true)
        case .bootMode: words(BootMode.self, "The firmware it expects.", isNullable: true)
        case .sizeBytes: figure("Size of the image in bytes.")
        case .minDiskGB: figure("Least system disk in gigabytes.")
        case .minRAMMB: figure("Least memory in megabytes.")
        case .createdAt: date("When it was created")
        case .updatedAt: date("When it was last changed")
        case .tags: texts("The provider's tags: key=value, or the key alone where it has no value.")
        case .sources:
            texts(
                "The upstreams that list it, in the order of the configuration; the first one's members win, later ones fill what is null."
            )
        case .raw:
            [
                "type": ["object", "null"],
                "description": "The provider's own object; only with fields=raw.",
            ]
        }
    }

    /// What a provider states is not corrected, so no bound is promised.
    private static func figure(_ description: String) -> JSONValue {
        ["type": ["integer", "null"], "description": .string(description)]
    }

    static var operatingSystem: JSONValue {
        object(
            "What the image boots.",
            [
                ("family", words(OperatingSystemFamily.self, "unknown where nobody says.")),
                (
                    "distribution",
                    text(
                        "Canonical id, for example ubuntu or windows-server; null when unknown.",
                        isNullable: true
                    )
                ),
                (
                    "version",
                    text(
                        "As the distribution counts, for example 22.04; null when unknown.",
                        isNullable: true
                    )
                ),
                ("label", text("The provider's own words.", isNullable: true)),
            ]
        )
    }
}
