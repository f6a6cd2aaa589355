import HTTPWire
import JSONText

/// One provider's answer and what the counters want to know of it.
struct DialectAnswer: Sendable {
    var response: HTTPResponse
    /// Method and path pattern, from a closed set.
    var route: String
    /// The provider tells of an error, whatever the status.
    var isError: Bool
    /// Rows of a list or page; `nil` where the answer is none.
    var rowCount: Int?

    init(_ response: HTTPResponse, route: String, isError: Bool? = nil, rowCount: Int? = nil) {
        self.response = response
        self.route = route
        self.isError = isError ?? (response.status >= 400)
        self.rowCount = rowCount
    }
}

extension HTTPResponse {
    static func json(
        _ bytes: [UInt8],
        status: Int = 200,
        contentType: String = "application/json",
        fields: [HTTPField] = []
    ) -> HTTPResponse {
        let type = HTTPField("content-type", contentType)
        return HTTPResponse(status: status, fields: [type] + fields, body: bytes)
    }

    static func json(
        status: Int = 200,
        contentType: String = "application/json",
        fields: [HTTPField] = [],
        _ body: (inout JSONWriter) -> Void
    ) -> HTTPResponse {
        var writer = JSONWriter()
        writer.object(body)
        return json(writer.bytes, status: status, contentType: contentType, fields: fields)
    }

    static func text(_ text: String, status: Int, fields: [HTTPField] = []) -> HTTPResponse {
        let type = HTTPField("content-type", "text/plain; charset=utf-8")
        return HTTPResponse(status: status, fields: [type] + fields, body: Array(text.utf8))
    }

    static func methodNotAllowed(_ allowed: String) -> HTTPResponse {
        text("405 method not allowed\n", status: 405, fields: [HTTPField("allow", allowed)])
    }
}
