import HTTPWire
import JSONText

/// Answers that a provider never documents: what stands between it and its caller, or the provider fallen over.
/// Their bodies tell what no caller should ever read.
enum SickAnswer {
    /// What must never reach anybody: tests look for it.
    static let secret = "db-internal.example password=hunter2"

    static func response(_ rule: FaultRule, to request: HTTPRequest) -> HTTPResponse? {
        switch rule.fault {
        case .pageInHTML: page(200, "Welcome")
        case .redirect: redirect(rule.status, "\(rule.target)\(request.target)")
        case .redirectLoop: redirect(302, request.target)
        case .unauthorized: trace(401, rule)
        case .forbidden: trace(403, rule)
        case .notFound: trace(404, rule)
        case .throttled: trace(429, rule)
        case .internalError: trace(500, rule)
        case .badGateway: page(502, "Bad Gateway")
        case .unavailable: trace(503, rule)
        case .gatewayTimeout: page(504, "Gateway Timeout")
        default: nil
        }
    }

    private static func trace(_ status: Int, _ rule: FaultRule) -> HTTPResponse {
        let fields = rule.retryAfter.map { [HTTPField("retry-after", $0)] } ?? []
        return .json(status: status, fields: fields) { writer in
            writer.member("trace", "Traceback: File \"/srv/app/db.py\", line 42, in connect")
            writer.member("cause", secret)
        }
    }

    private static func page(_ status: Int, _ title: String) -> HTTPResponse {
        let text = """
            <html><head><title>\(title)</title></head><body><h1>\(title)</h1>
            <p>upstream \(secret)</p></body></html>
            """
        let type = HTTPField("content-type", "text/html; charset=utf-8")
        return HTTPResponse(status: status, fields: [type], body: Array(text.utf8))
    }

    private static func redirect(_ status: Int, _ location: String) -> HTTPResponse {
        HTTPResponse(status: status, fields: [HTTPField("location", location)])
    }
}
