internal import JSONText

/// The shapes of everything that is answered.
enum OpenAPISchemas {
    static var content: JSONValue {
        [
            "Image": image,
            "OperatingSystem": operatingSystem,
            "ImageList": list,
            "UpstreamEntry": entry,
            "UpstreamError": error,
            "Explanation": explanation,
            "Upstream": upstream,
            "UpstreamList": object(
                "The configured upstreams.",
                [("upstreams", ["type": "array", "items": .schema("Upstream")])]
            ),
            "Problem": problem,
            "ProblemParameter": problemParameter,
            "Reloaded": object(
                "The new configuration is in force.",
                [
                    ("reloaded", ["const": true]),
                    (
                        "change",
                        [
                            "type": "string",
                            "description":
                                "What differs from the one before, or `nothing changed`.",
                        ]
                    ),
                ]
            ),
            "Accepted": accepted,
        ]
    }

    private static var accepted: JSONValue {
        object(
            "The verb was begun; GET /v1/upstreams tells how it goes.",
            [
                ("upstream", text("id of the upstream")),
                ("accepted", ["type": "string", "enum": ["refresh", "purge", "reset"]]),
            ]
        )
    }

    // MARK: Pieces

    /// An object whose members, those in `optional` apart, are always there.
    static func object(
        _ description: String,
        _ members: [(String, JSONValue)],
        optional: Set<String> = []
    ) -> JSONValue {
        [
            "type": "object",
            "description": .string(description),
            "required": .strings(members.map(\.0).filter { !optional.contains($0) }),
            "properties": .object(members.map { JSONValue.Member($0.0, $0.1) }),
        ]
    }

    static func text(_ description: String, isNullable: Bool = false) -> JSONValue {
        ["type": isNullable ? ["string", "null"] : "string", "description": .string(description)]
    }

    static func date(_ description: String) -> JSONValue {
        [
            "type": ["string", "null"], "format": "date-time",
            "description": .string("\(description) (RFC 3339, UTC)"),
        ]
    }

    static func count(_ description: String, isNullable: Bool = false) -> JSONValue {
        [
            "type": isNullable ? ["integer", "null"] : "integer", "minimum": 0,
            "description": .string(description),
        ]
    }

    static func flag(_ description: String) -> JSONValue {
        ["type": "boolean", "description": .string(description)]
    }

    static func texts(_ description: String) -> JSONValue {
        [
            "type": "array", "items": ["type": "string"], "description": .string(description),
        ]
    }

    static func words<Word>(
        _ type: Word.Type,
        _ description: String,
        isNullable: Bool = false
    ) -> JSONValue where Word: RawRepresentable<String> & CaseIterable {
        let words = type.allCases.map { JSONValue.string($0.rawValue) }
        return [
            "type": isNullable ? ["string", "null"] : "string",
            "enum": .array(isNullable ? words + [nil] : words), "description": .string(description),
        ]
    }

    static func counts(_ description: String) -> JSONValue {
        [
            "type": "object", "additionalProperties": ["type": "integer", "minimum": 0],
            "description": .string(description),
        ]
    }

    /// A value of another schema, or null.
    static func optional(_ schema: String, _ description: String) -> JSONValue {
        [
            "oneOf": [.schema(schema), ["type": "null"]], "description": .string(description),
        ]
    }
}
