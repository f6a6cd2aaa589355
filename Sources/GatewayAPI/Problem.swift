internal import Federation
internal import HTTPWire
internal import JSONText
internal import Observability

/// An error as a client sees it: `application/problem+json` (RFC 9457).
struct Problem: Error {
    /// Last part of `urn:image-gateway:problem:<slug>`.
    var slug: String
    var title: String
    var status: Int
    /// What happened and what would be right, in one or two sentences.
    var detail: String
    var parameters: [Parameter] = []
    /// Who was asked, where that is the matter.
    var upstreams: [UpstreamEntry]?
    var fields: [HTTPField] = []

    /// One query parameter to blame.
    struct Parameter: Sendable, Hashable {
        var name: String
        var value: String?
        var detail: String

        /// With texts of bounded length. The value of a name that is no parameter's is not repeated: it may be a secret
        /// that belongs into a field.
        init(_ name: String, _ value: String?, _ detail: String) {
            let isRepeated = ListParameter.named(name) != nil || value?.isEmpty == true
            self.name = Problem.shortened(name)
            self.value = value.map { isRepeated ? Problem.shortened($0) : TargetRedaction.mark }
            self.detail = detail
        }
    }

    func response(requestID: String) -> HTTPResponse {
        var writer = JSONWriter(reservingCapacity: 512)
        writer.object { writer in
            writer.member("type", "urn:image-gateway:problem:\(slug)")
            writer.member("title", title)
            writer.member("status", status)
            writer.member("detail", detail)
            writer.member("request_id", requestID)
            if !parameters.isEmpty { write(parameters, to: &writer) }
            if let upstreams {
                writer.key("upstreams")
                writer.array { writer in upstreams.forEach { $0.write(to: &writer) } }
            }
        }
        let standard = [
            HTTPField("content-type", "application/problem+json"),
            HTTPField("cache-control", "no-store"),
        ]
        return HTTPResponse(status: status, fields: standard + fields, body: writer.bytes)
    }

    private func write(_ parameters: [Parameter], to writer: inout JSONWriter) {
        writer.key("parameters")
        writer.array { writer in
            for parameter in parameters {
                writer.object { writer in
                    writer.member("name", parameter.name)
                    writer.member("value", parameter.value)
                    writer.member("detail", parameter.detail)
                }
            }
        }
    }
}

extension Problem {
    /// `unlistedCount`: mistakes beyond those of `parameters`.
    static func invalidParameters(_ parameters: [Parameter], unlistedCount: Int = 0) -> Problem {
        let details = parameters.map { "\($0.name): \($0.detail)" }
        let rest = unlistedCount > 0 ? ["and \(unlistedCount) more"] : []
        return Problem(
            slug: "invalid-parameter",
            title: "Invalid query parameter",
            status: 400,
            detail: (details + rest).joined(separator: "; "),
            parameters: parameters
        )
    }

    static let tooManyParameters = Problem(
        slug: "too-many-parameters",
        title: "Too many query parameters",
        status: 400,
        detail: "at most \(QueryString.parametersMax) parameters are allowed; "
            + "separate the values of one parameter by commas instead of repeating it"
    )

    static func cursor(_ failure: CursorSealer.Failure, value: String) -> Problem {
        let detail = failure.detail
        let parameter = Parameter(ListParameter.cursor.rawValue, value, detail)
        switch failure {
        case .invalid:
            return Problem(
                slug: "invalid-cursor",
                title: "Invalid cursor",
                status: 400,
                detail: detail,
                parameters: [parameter]
            )
        case .expired:
            return Problem(
                slug: "expired-cursor",
                title: "Expired cursor",
                status: 400,
                detail: detail,
                parameters: [parameter]
            )
        }
    }

    static func notFound(_ detail: String) -> Problem {
        Problem(slug: "not-found", title: "Not found", status: 404, detail: detail)
    }

    /// All our tags are weak (RFC 9110 §8.8.1): `*` is the one condition that can hold.
    static let preconditionFailed = Problem(
        slug: "precondition-failed",
        title: "If-Match does not hold",
        status: 412,
        detail:
            "If-Match names no tag of this answer; it compares strongly, and tags here are weak: send 'If-Match: *', "
            + "or If-None-Match to be spared what you have"
    )

    static func methodNotAllowed(allow: String) -> Problem {
        Problem(
            slug: "method-not-allowed",
            title: "Method not allowed",
            status: 405,
            detail: "this route answers \(allow)",
            fields: [HTTPField("allow", allow)]
        )
    }

    /// Says nothing of whether an upstream of that name exists.
    static func forbiddenUpstream(_ ids: [String], visible: [String]) -> Problem {
        let names = shortened(ids.joined(separator: ", "))
        return Problem(
            slug: "forbidden-upstream",
            title: "Upstream out of scope",
            status: 403,
            detail: "this client may see \(visible.joined(separator: ", ")), not \(names)",
            parameters: [
                Parameter(ListParameter.upstream.rawValue, names, "not in this client's scope")
            ]
        )
    }

    static func rateLimited(retryAfterSeconds: Int) -> Problem {
        Problem(
            slug: "rate-limited",
            title: "Too many requests",
            status: 429,
            detail: "this key's rate limit is used up; try again in \(retryAfterSeconds) s",
            fields: [HTTPField("retry-after", String(retryAfterSeconds))]
        )
    }

    /// Nobody could answer, or not everybody where the caller insisted on all.
    static func upstreams(
        _ answer: ListAnswer,
        required: Bool,
        onlyIfCached: Bool = false,
        sentence: String? = nil
    ) -> Problem {
        let names = answer.upstreams.filter { !$0.isComplete }.map(\.id).joined(separator: ", ")
        let isTimeout = answer.isTimeout
        return Problem(
            slug: isTimeout ? "upstream-timeout" : required ? "incomplete" : "upstream-failure",
            title: isTimeout ? "Upstreams did not answer in time" : "Upstreams failed",
            status: isTimeout ? 504 : 502,
            detail: (onlyIfCached
                ? "only-if-cached, and these have no list that the request takes: "
                : sentence
                    ?? (required
                        ? "require=complete, and these are missing or not whole: "
                        : "none of the upstreams asked could answer: "))
                + names,
            upstreams: answer.upstreams
        )
    }

    static func shortened(_ text: String) -> String {
        text.unicodeScalars.count <= 100 ? text : String(text.unicodeScalars.prefix(100)) + "…"
    }
}

extension CursorSealer.Failure {
    var detail: String {
        switch self {
        case .invalid:
            "the cursor is damaged or belongs to another question, key or client; start without it"
        case .expired: "cursors last three days; start again without one"
        }
    }
}
