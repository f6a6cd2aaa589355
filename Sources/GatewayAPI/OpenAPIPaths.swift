internal import JSONText

/// All routes of both ports. `OpenAPITests` holds them against the routers' own lists.
enum OpenAPIPaths {
    static func content(_ bounds: ListQueryDecoder.Bounds) -> JSONValue {
        let own: JSONValue = [
            "/v1/images": ["get": list(bounds).content],
            "/v1/images/{id}": ["get": image(bounds).content],
            "/v1/upstreams": upstreams,
        ]
        return own.with(OpenAPIPagePaths.content).with(OpenAPIAdminPaths.content)
    }

    private static let mistakes = [401, 405, 406, 429]

    private static func list(_ bounds: ListQueryDecoder.Bounds) -> OpenAPIOperation {
        OpenAPIOperation(
            id: "listImages",
            summary: "All images that match, one page of them",
            description: "\(OpenAPITexts.list)\n\nlimit is at most \(bounds.pageSizeMax).",
            tag: "images",
            parameters: ListParameter.allCases.map { $0.openAPI(bounds) } + conditions,
            answers: [
                (
                    200,
                    OpenAPIOperation.json(
                        "At least one upstream answered, or none had to.",
                        schema: "ImageList",
                        headers: listHeaders,
                        example: OpenAPIExamples.list
                    )
                ), (304, notModified(listHeaders)),
            ],
            problems: (OpenAPIOperation.refusals + mistakes + [403, 412, 502, 504]).sorted()
        )
    }

    private static let listHeaders =
        OpenAPIHeader.common + OpenAPIHeader.caching + [.link, .serverTiming]

    private static func image(_ bounds: ListQueryDecoder.Bounds) -> OpenAPIOperation {
        OpenAPIOperation(
            id: "getImage",
            summary: "One image",
            description: OpenAPITexts.image,
            tag: "images",
            parameters: [imageID, ListParameter.fields.openAPI(bounds)] + conditions,
            answers: [
                (
                    200,
                    OpenAPIOperation.json(
                        "The image.",
                        schema: "Image",
                        headers: OpenAPIHeader.common + OpenAPIHeader.caching,
                        example: OpenAPIExamples.image
                    )
                ), (304, notModified(OpenAPIHeader.common + OpenAPIHeader.caching)),
            ],
            problems: (OpenAPIOperation.refusals + mistakes + [404, 412, 502, 504]).sorted()
        )
    }

    /// On both ports.
    private static var upstreams: JSONValue {
        let operation = OpenAPIOperation(
            id: "listUpstreams",
            summary: "The configured upstreams and how they are doing",
            description: OpenAPITexts.upstreams,
            tag: "upstreams",
            answers: [
                (
                    200,
                    OpenAPIOperation.json(
                        "Those the caller may see.",
                        schema: "UpstreamList",
                        headers: OpenAPIHeader.common + [.cacheControl],
                        example: ["upstreams": [OpenAPIExamples.standing]]
                    )
                )
            ],
            problems: (OpenAPIOperation.refusals + mistakes + [403]).sorted()
        )
        let servers: JSONValue = .array(
            [["url": "/", "description": "the public port"]] + OpenAPIAdminPaths.servers
        )
        return ["servers": servers, "get": operation.content]
    }

    // MARK: Parameters

    private static var conditions: [JSONValue] {
        tagConditions + [
            [
                "name": "Cache-Control", "in": "header",
                "description": .string(OpenAPITexts.cacheControl), "schema": ["type": "string"],
                "example": "max-age=60",
            ]
        ]
    }

    static var tagConditions: [JSONValue] {
        [
            [
                "name": "If-Match", "in": "header",
                "description": .string(OpenAPITexts.ifMatch),
                "schema": ["type": "string"], "example": "*",
            ],
            [
                "name": "If-None-Match", "in": "header",
                "description": "ETags the caller has; compared weakly (RFC 9110 §13.1.2).",
                "schema": ["type": "string"], "example": "W/\"c3ffb3beef3bec608cf674a5\"",
            ],
        ]
    }

    private static var imageID: JSONValue {
        [
            "name": "id", "in": "path", "required": true,
            "description": "The global id, or the provider's own where it is unique.",
            "schema": ["type": "string", "minLength": 1],
            "example": "huawei-ims:cn-north-4:bc6bed6e-ba3a-4447-afcc-449174a3eb52",
        ]
    }

    static func notModified(_ headers: [OpenAPIHeader]) -> JSONValue {
        OpenAPIOperation.empty("The caller has it already.", headers: headers)
    }
}
