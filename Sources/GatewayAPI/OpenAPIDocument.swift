internal import Cryptography
internal import HTTPWire
internal import JSONText

/// `GET /openapi.json`: the whole contract as OpenAPI 3.1, made of the tables that the routes themselves
/// read. What depends on the configuration (page sizes, providers) is in it as configured; what a caller
/// may not see (upstreams, clients) is not.
struct OpenAPIDocument: Sendable {
    let bytes: [UInt8]
    /// Weak, because the same document is also sent compressed.
    let tag: String

    init(_ bounds: ListQueryDecoder.Bounds) {
        var writer = JSONWriter(reservingCapacity: 1 << 17)
        Self.content(bounds).write(to: &writer)
        bytes = writer.bytes
        tag = "W/\"\(Hex.encode(Array(Digest.sha256.hash(writer.bytes).prefix(12))))\""
    }

    func reply(_ exchange: Exchange) throws(Problem) -> Reply {
        let fields = [
            HTTPField("etag", tag), HTTPField("cache-control", "no-cache"),
            HTTPField("vary", exchange.service.vary),
        ]
        if try Validators.isKnown(to: exchange.request.fields, tag) {
            return Reply(response: HTTPResponse(status: 304, fields: fields))
        }
        let type = HTTPField("content-type", "application/json")
        return Reply(response: HTTPResponse(status: 200, fields: [type] + fields, body: bytes))
    }

    static func content(_ bounds: ListQueryDecoder.Bounds) -> JSONValue {
        [
            "openapi": "3.1.0",
            "info": information,
            "servers": [["url": "/", "description": "the public port"]],
            "tags": tags,
            "security": security,
            "paths": OpenAPIPaths.content(bounds),
            "components": components,
        ]
    }

    private static var information: JSONValue {
        [
            "title": "image-gateway",
            "summary": "Which VM images are there, in which cloud?",
            "version": "1.0.0",
            "description": .string(OpenAPITexts.information),
        ]
    }

    private static var tags: JSONValue {
        [
            ["name": "images", "description": "The merged list of images."],
            ["name": "upstreams", "description": "Where the images come from."],
            ["name": "documents", "description": "What this is."],
            ["name": "admin", "description": .string(OpenAPITexts.admin)],
        ]
    }

    /// Any of these will do; none is needed where the configuration names no clients.
    private static var security: JSONValue {
        [.object([]), ["bearer": []], ["api_key": []], ["certificate": []]]
    }

    private static var components: JSONValue {
        [
            "schemas": OpenAPISchemas.content,
            "responses": OpenAPIProblem.responses,
            "headers": OpenAPIHeader.content,
            "securitySchemes": [
                "bearer": [
                    "type": "http", "scheme": "bearer",
                    "description":
                        "A client's key, or a JSON Web Token (RFC 7519) of an issuer that the configuration names.",
                ],
                "api_key": [
                    "type": "apiKey", "in": "header", "name": "X-API-Key",
                    "description":
                        "The same key in a field of its own; an empty one shows none. Fields or lines that show different keys are 400.",
                ],
                "certificate": [
                    "type": "mutualTLS",
                    "description": "A client certificate, where the listener asks for one.",
                ],
            ],
        ]
    }
}
