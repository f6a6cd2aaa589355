internal import JSONText

/// The routes that say what this is: the document itself and the pages for people.
enum OpenAPIPagePaths {
    static var content: JSONValue {
        [
            "/openapi.json": ["get": document.content],
            "/": ["get": start.content],
            "/docs": ["get": reference.content],
            "/assets/{version}/{name}": ["get": file.content],
        ]
    }

    private static var document: OpenAPIOperation {
        OpenAPIOperation(
            id: "getDocument",
            summary: "This document",
            tag: "documents",
            parameters: OpenAPIPaths.tagConditions,
            answers: [
                (
                    200,
                    [
                        "description": "OpenAPI 3.1.",
                        "headers": OpenAPIHeader.references(documentHeaders),
                        "content": ["application/json": ["schema": ["type": "object"]]],
                    ]
                ), (304, OpenAPIPaths.notModified(documentHeaders)),
            ],
            problems: (OpenAPIOperation.refusals + [401, 405, 406, 412, 429]).sorted()
        )
    }

    private static let documentHeaders =
        OpenAPIHeader.common + [OpenAPIHeader.entityTag, .cacheControl]

    private static var start: OpenAPIOperation {
        OpenAPIOperation(
            id: "getStart",
            summary: "The image explorer, or a short text with the routes",
            description: """
                Whoever names `text/html` in `Accept`, as browsers do, and gives `text/plain` no greater weight gets the explorer; everybody else gets \
                a short text. The explorer's own query is what stands behind `/v1/images`, and `image` for the \
                image it shows: the address of a view can be passed on.
                """,
            tag: "documents",
            parameters: OpenAPIPaths.tagConditions,
            answers: [
                (
                    200,
                    answer(
                        "For people.",
                        pageHeaders,
                        [
                            ("text/html", "<!doctype html>\n"),
                            (
                                "text/plain",
                                "image-gateway: which VM images are there, in which cloud?\n"
                            ),
                        ]
                    )
                ), (304, OpenAPIPaths.notModified(pageHeaders)),
            ],
            problems: problems,
            isOpen: true
        )
    }

    private static var reference: OpenAPIOperation {
        OpenAPIOperation(
            id: "getReference",
            summary: "This document as a page, with requests to try",
            tag: "documents",
            parameters: OpenAPIPaths.tagConditions,
            answers: [
                (200, answer("For people.", pageHeaders, [("text/html", "<!doctype html>\n")])),
                (304, OpenAPIPaths.notModified(pageHeaders)),
            ],
            problems: problems,
            isOpen: true
        )
    }

    private static var file: OpenAPIOperation {
        OpenAPIOperation(
            id: "getPageFile",
            summary: "A script or style of the pages",
            description: """
                Part of no contract: names and content change with versions. Under the version in force a file \
                may be kept for ever, under any other one it must be asked for again.
                """,
            tag: "documents",
            parameters: [
                path("version", "The version of all files together.", "0123456789abcdef"),
                path("name", "The file.", "base.css"),
            ] + OpenAPIPaths.tagConditions,
            answers: [
                (
                    200,
                    answer(
                        "The file.",
                        fileHeaders,
                        [("text/css", "body {}\n"), ("text/javascript", "export {};\n")]
                    )
                ), (304, OpenAPIPaths.notModified(fileHeaders)),
            ],
            problems: (problems + [404]).sorted(),
            isOpen: true
        )
    }

    private static let problems = (OpenAPIOperation.refusals + [405, 412]).sorted()
    private static let fileHeaders =
        OpenAPIHeader.common + [
            OpenAPIHeader.entityTag, .cacheControl, .referrerPolicy, .resourcePolicy,
        ]
    private static let pageHeaders =
        fileHeaders + [OpenAPIHeader.contentSecurityPolicy, .openerPolicy]

    private static func answer(
        _ description: String,
        _ headers: [OpenAPIHeader],
        _ contents: [(type: String, example: String)]
    ) -> JSONValue {
        let content = contents.map { content in
            JSONValue.Member(
                content.type,
                ["schema": ["type": "string"], "example": .string(content.example)]
            )
        }
        return [
            "description": .string(description), "headers": OpenAPIHeader.references(headers),
            "content": .object(content),
        ]
    }

    private static func path(_ name: String, _ text: String, _ example: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true, "description": .string(text),
            "schema": ["type": "string", "minLength": 1], "example": .string(example),
        ]
    }
}
