internal import Federation
internal import ImageModel
internal import JSONText

extension OpenAPISchemas {
    static var list: JSONValue {
        object(
            "One page.",
            [
                ("images", ["type": "array", "items": .schema("Image")]),
                (
                    "next_cursor",
                    text("Leads to the next page; null on the last one.", isNullable: true)
                ),
                (
                    "total",
                    count(
                        "All matches over the upstreams that answered, whatever the page; with latest_by what is left of them."
                    )
                ),
                (
                    "complete",
                    flag("Whether every upstream asked gave all it has, as new as it can be had.")
                ),
                (
                    "upstreams",
                    [
                        "type": "array", "items": .schema("UpstreamEntry"),
                        "description": "In the order of the configuration.",
                    ]
                ),
                ("facets", facets),
            ],
            optional: ["facets"]
        ).with(["examples": [OpenAPIExamples.list]])
    }

    private static var facets: JSONValue {
        [
            "type": "object", "description": "Only when asked for: count by value, by field.",
            "properties": .object(
                ImageField.allCases.map {
                    JSONValue.Member($0.rawValue, counts("Images by \($0.rawValue)."))
                }
            ),
        ]
    }

    static var entry: JSONValue {
        object(
            "One upstream's part in an answer.",
            identity + [
                ("state", words(ContributionState.self, states)),
                (
                    "matched",
                    count(
                        "Its images among all matches, before latest_by; images listed by several upstreams count for each."
                    )
                ),
            ] + age + [
                ("error", optional("UpstreamError", "Why something is missing or old.")),
                ("explain", .schema("Explanation")),
            ],
            optional: ["explain"]
        )
    }

    private static let states = """
        fresh: read for this request. cached: kept, within its ttl. stale: kept, past its ttl or older than the \
        request takes. partial: less than all it has. failed: nothing. skipped: not asked.
        """

    private static var identity: [(String, JSONValue)] {
        [
            ("id", text("Its name in the configuration.")),
            ("provider", text("The provider's name.")),
            ("region", text("null where images name their regions themselves.", isNullable: true)),
        ]
    }

    private static var age: [(String, JSONValue)] {
        [
            ("fetched_at", date("When its list was read")),
            ("age_seconds", count("Since then.", isNullable: true)),
            (
                "latency_ms",
                count(
                    "How long reading the whole list took; null where none has been read.",
                    isNullable: true
                )
            ),
        ]
    }

    static var explanation: JSONValue {
        let values: JSONValue = ["type": "object", "additionalProperties": texts("Values.")]
        return object(
            "How an upstream came to its part; only with explain=true.",
            [
                (
                    "pushed_down",
                    values.with([
                        "description": "Filters the provider applied itself, in its own spelling."
                    ])
                ),
                (
                    "could_push_down",
                    values.with([
                        "description":
                            "Filters it would apply, were its list too large to keep whole."
                    ])
                ),
                ("filtered_here", count("Images of its list that were filtered here.")),
                ("breaker", breaker),
                ("next_probe_seconds", nextProbe),
                ("cache", cache),
                ("walks", count("Readings of its list since the start.")),
                ("calls", count("Calls to it since the start.")),
                ("retries", count("Calls among them that were repeated after a failure.")),
                ("waited_ms", count("How long this request waited for it.")),
                ("schema_drift", drift),
            ]
        )
    }

    private static var nextProbe: JSONValue {
        count(
            "Until an open breaker lets the next call through; null while it is closed.",
            isNullable: true
        )
    }

    private static let cache = object(
        "What is kept of it after this answer.",
        [
            (
                "state",
                words(
                    ContributionState.self,
                    """
                    What the next question would find; partial while the list is read for the first time, skipped \
                    where nothing is kept and nothing is read.
                    """
                )
            ),
            ("images", count("Images of the kept list.", isNullable: true)),
            ("age_seconds", count("Since it was read.", isNullable: true)),
            ("ttl_seconds", count("How long a list counts as fresh.")),
            ("loading", flag("Whether its list is being read.")),
        ]
    )

    private static let drift = counts(
        """
        What its answers hold that their description does not, since the start: `unknown:NAME`, `vanished:NAME` \
        (all objects had it, none has any more), `NAME:type`, `NAME:missing`, `NAME:value`, `NAME:range`, \
        `NAME:date`, `disagreement:WORD`. Images are kept all the same.
        """
    )

    private static var breaker: JSONValue {
        [
            "type": "string", "enum": ["closed", "open", "half-open"],
            "description": "open: it failed so often in a row that it is left alone for a while.",
        ]
    }

    static var upstream: JSONValue {
        object(
            "One configured upstream between questions.",
            identity + [
                ("enabled", flag("Whether it is asked at all.")),
                ("tags", texts("The operator's labels.")),
                (
                    "state",
                    words(
                        ContributionState.self,
                        """
                        What an answer would find: cached, stale, partial (also while the list is read for the \
                        first time), failed; skipped before the first question and where it is never asked.
                        """
                    )
                ),
                ("loading", flag("Whether its list is being read.")),
                (
                    "images_loaded",
                    count("Images read so far; null unless loading.", isNullable: true)
                ),
                ("images", count("Images of the kept list.", isNullable: true)),
                ("restored", flag("Whether the list was read before the process started.")),
            ] + age + [
                ("ttl_seconds", count("How long a list counts as fresh.")),
                ("breaker", breaker),
                ("next_probe_seconds", nextProbe),
                ("walks", count("Readings of its list since the start.")),
                ("calls", count("Calls to it since the start.")),
                ("retries", count("Calls among them that were repeated after a failure.")),
                ("schema_drift", drift),
                (
                    "last_error",
                    optional("UpstreamError", "Why the last reading failed or was not whole.")
                ),
            ]
        ).with(["examples": [OpenAPIExamples.standing]])
    }
}
