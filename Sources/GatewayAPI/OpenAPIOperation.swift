internal import JSONText

/// One method of one route.
struct OpenAPIOperation {
    var id: String
    var summary: String
    var description: String?
    var tag: String
    var parameters: [JSONValue] = []
    /// The good answers by status.
    var answers: [(status: Int, answer: JSONValue)]
    /// Statuses of the problems that can come instead.
    var problems: [Int]
    /// Whether a key is never needed.
    var isOpen = false

    var content: JSONValue {
        var members: [JSONValue.Member] = [
            .init("operationId", .string(id)), .init("summary", .string(summary)),
            .init("tags", [.string(tag)]),
        ]
        if let description { members.append(.init("description", .string(description))) }
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if isOpen { members.append(.init("security", [])) }
        return .object(members + [.init("responses", responses)])
    }

    private var responses: JSONValue {
        let good = answers.map { JSONValue.Member(String($0.status), $0.answer) }
        let bad = problems.map {
            JSONValue.Member(String($0), .reference("responses", OpenAPIProblem.name($0)))
        }
        return .object(good + bad)
    }

    /// What any connection can end in before a route is chosen.
    static let refusals = [400, 408, 413, 414, 417, 431, 501, 503, 505]

    // MARK: Answers

    static func json(
        _ description: String,
        schema: String,
        headers: [OpenAPIHeader] = [],
        example: JSONValue
    ) -> JSONValue {
        let content: JSONValue = [
            "application/json": ["schema": .schema(schema), "example": example]
        ]
        return [
            "description": .string(description),
            "headers": OpenAPIHeader.references(headers), "content": content,
        ]
    }

    static func text(
        _ description: String,
        headers: [OpenAPIHeader] = [],
        example: String
    ) -> JSONValue {
        let schema: JSONValue = ["type": "string"]
        return [
            "description": .string(description),
            "headers": OpenAPIHeader.references(headers),
            "content": ["text/plain": ["schema": schema, "example": .string(example)]],
        ]
    }

    static func empty(_ description: String, headers: [OpenAPIHeader]) -> JSONValue {
        ["description": .string(description), "headers": OpenAPIHeader.references(headers)]
    }
}
