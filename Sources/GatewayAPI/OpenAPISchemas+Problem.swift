internal import JSONText
internal import Upstreams

extension OpenAPISchemas {
    static var problem: JSONValue {
        object(
            "An error (RFC 9457).",
            [
                (
                    "type",
                    ["type": "string", "enum": .strings(OpenAPIProblem.allCases.map(\.type))]
                ),
                ("title", text("The type in words.")),
                ("status", ["type": "integer", "minimum": 400, "maximum": 599]),
                ("detail", text("What happened and what would be right.")),
                ("request_id", text("Names the request in the gateway's log.")),
                (
                    "parameters",
                    [
                        "type": "array", "items": .schema("ProblemParameter"),
                        "description": "Where parameters are to blame: every one of them.",
                    ]
                ),
                (
                    "upstreams",
                    [
                        "type": "array", "items": .schema("UpstreamEntry"),
                        "description": "Where upstreams are the matter.",
                    ]
                ),
            ],
            optional: ["parameters", "upstreams"]
        )
    }

    static var problemParameter: JSONValue {
        object(
            "One parameter to blame.",
            [
                ("name", text("As it came, cut to 100 characters.")),
                (
                    "value",
                    text(
                        "As it came, cut to 100 characters; [redacted] where there is no such parameter; null where no single value is to blame.",
                        isNullable: true
                    )
                ),
                ("detail", text("What is wrong with it and what would be right.")),
            ]
        )
    }

    static var error: JSONValue {
        object(
            "Why an upstream gave nothing, less than it has or an old list (RFC 9457).",
            [
                (
                    "type",
                    [
                        "type": "string",
                        "enum": .strings(
                            UpstreamError.Code.allCases.map {
                                "urn:image-gateway:problem:\($0.rawValue)"
                            }
                        ), "description": .string(codes),
                    ]
                ),
                ("title", text("The type in words.")),
                (
                    "status",
                    [
                        "type": ["integer", "null"],
                        "description": "The upstream's HTTP status, where it answered.",
                    ]
                ),
                ("detail", text("What happened and what to do. Never what the upstream wrote.")),
                (
                    "provider_code",
                    text(
                        "The provider's own error code, where it is one that its documents list.",
                        isNullable: true
                    )
                ),
                ("retryable", flag("Whether the same may succeed later.")),
                (
                    "retry_after_seconds",
                    count("What is left of the wait that the upstream asked for.", isNullable: true)
                ),
            ]
        ).with(["examples": [OpenAPIExamples.error]])
    }

    private static var codes: String {
        UpstreamError.Code.allCases.map { "`\($0.rawValue)`: \(meaning($0))" }.joined(
            separator: "; "
        )
    }

    private static func meaning(_ code: UpstreamError.Code) -> String {
        switch code {
        case .connectionFailed: "no connection"
        case .nameResolutionFailed: "its host name has no address"
        case .tlsFailed: "its certificate or the handshake is not good"
        case .deadlineExceeded: "no answer in time"
        case .cancelled: "the gateway gave the call up"
        case .answerTooLarge: "its answer is larger than body_bytes_max"
        case .malformedAnswer: "its answer is not what its API describes"
        case .unauthorized: "it does not accept the credentials"
        case .sessionExpired: "its session ended and could not be renewed"
        case .forbidden: "the credentials may not list images"
        case .notFound: "the endpoint or the project does not exist"
        case .invalidRequest: "it refuses the request"
        case .throttled: "it asks for fewer requests"
        case .upstreamFault: "it failed itself"
        case .redirectRefused: "it points elsewhere; redirects are not followed"
        case .pagingFault:
            "its pages lead nowhere or in a circle, or had fewer images than it says it has"
        case .markerLost: "its list changed while it was read"
        case .tooManyImages: "its list is longer than images_max or list_bytes_max"
        case .rowsUnreadable: "some elements of its list could not be read"
        case .circuitOpen: "it failed so often in a row that it is left alone for a while"
        case .stillLoading: "its list is still being read; ask again"
        case .notCached: "only-if-cached, and no list that the request takes is kept"
        case .misconfigured: "the configuration cannot work with it"
        }
    }
}
