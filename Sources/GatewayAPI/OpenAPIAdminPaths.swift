internal import JSONText

/// The routes of the admin port alone.
enum OpenAPIAdminPaths {
    static var servers: [JSONValue] {
        [
            [
                "url": "http://{admin}", "description": "the admin port",
                "variables": ["admin": ["default": "127.0.0.1:8081"]],
            ]
        ]
    }

    static var content: JSONValue {
        [
            "/healthz": path("get", health),
            "/readyz": path("get", readiness),
            "/metrics": path("get", metrics),
            "/v1/upstreams/{id}:refresh": path(
                "post",
                verb("refresh", "Reads the upstream's list now", refreshText, 409)
            ),
            "/v1/upstreams/{id}:purge": path(
                "post",
                verb("purge", "Forgets the upstream's list", purgeText)
            ),
            "/v1/upstreams/{id}:reset": path(
                "post",
                verb("reset", "Forgives the upstream", resetText)
            ),
            "/v1/config:reload": path("post", reload),
        ]
    }

    private static let refreshText = """
        Begins to read the upstream's list, whatever is kept and however long the upstream asked to be left alone \
        (Retry-After). A walk under way is not begun again: it goes on, at once where it waits for that. An open breaker \
        stays open.
        """
    private static let purgeText = """
        Forgets the upstream's list; the next question reads it anew. A walk under way ends, and another one begins for \
        whoever waits for it. Where its file in state_directory cannot be removed, the log says so.
        """

    private static let resetText = """
        Closes the upstream's breaker and forgets its failures and for how long it asked to be left alone; a walk that \
        waits for that goes on at once. What is kept stays.
        """

    private static func path(_ method: String, _ operation: OpenAPIOperation) -> JSONValue {
        .object([.init("servers", .array(servers)), .init(method, operation.content)])
    }

    private static func probe(_ id: String, _ summary: String, _ good: String) -> OpenAPIOperation {
        OpenAPIOperation(
            id: id,
            summary: summary,
            tag: "admin",
            answers: [(200, OpenAPIOperation.text("Yes.", headers: headers, example: good))],
            problems: refusals(405),
            isOpen: true
        )
    }

    /// These and what any connection can end in.
    private static func refusals(_ statuses: Int...) -> [Int] {
        (OpenAPIOperation.refusals + statuses).sorted()
    }

    private static let headers: [OpenAPIHeader] = [.requestID, .cacheControl]

    private static var health: OpenAPIOperation {
        probe("getHealth", "Whether the process lives", "ok\n")
    }

    private static var readiness: OpenAPIOperation {
        probe("getReadiness", "Whether new requests are welcome: not while it drains", "ready\n")
    }

    private static var metrics: OpenAPIOperation {
        OpenAPIOperation(
            id: "getMetrics",
            summary: "Metrics in Prometheus' text format",
            tag: "admin",
            answers: [
                (
                    200,
                    OpenAPIOperation.text(
                        "Version 0.0.4 of the format.",
                        headers: headers,
                        example: "image_gateway_upstream_images{upstream=\"huawei-bj4\"} 321\n"
                    )
                )
            ],
            problems: refusals(401, 403, 405)
        )
    }

    private static func verb(
        _ verb: String,
        _ summary: String,
        _ text: String,
        _ more: Int...
    ) -> OpenAPIOperation {
        var operation = OpenAPIOperation(
            id: "\(verb)Upstream",
            summary: summary,
            tag: "admin",
            parameters: [upstreamID],
            answers: [
                (
                    202,
                    OpenAPIOperation.json(
                        "Begun.",
                        schema: "Accepted",
                        headers: headers,
                        example: ["upstream": "huawei-bj4", "accepted": .string(verb)]
                    )
                )
            ],
            problems: (refusals(401, 403, 404, 405) + more).sorted()
        )
        operation.description = "Takes no content. \(text)"
        return operation
    }

    private static var upstreamID: JSONValue {
        [
            "name": "id", "in": "path", "required": true,
            "description": "The upstream's name in the configuration.",
            "schema": ["type": "string"], "example": "huawei-bj4",
        ]
    }

    private static var reload: OpenAPIOperation {
        OpenAPIOperation(
            id: "reloadConfiguration",
            summary: "Reads the configuration file again",
            description: """
                Like SIGHUP. Upstreams that did not change keep their lists; what is in flight ends under the \
                old configuration. One with mistakes changes nothing. What a running gateway cannot take over waits for a restart, and `change` \
                says so with every reload.
                """,
            tag: "admin",
            answers: [
                (
                    200,
                    OpenAPIOperation.json(
                        "In force.",
                        schema: "Reloaded",
                        headers: headers,
                        example: [
                            "reloaded": true,
                            "change": "changed: gmi (ttl); loops (after a restart)",
                        ]
                    )
                )
            ],
            problems: refusals(401, 403, 405, 422)
        )
    }
}
