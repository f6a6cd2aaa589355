internal import Federation
internal import Observability
internal import Upstreams

extension ProcessLog {
    /// One line when an upstream begins to fail, fails for another reason, or answers again.
    func tell(_ news: UpstreamNews) {
        switch news.event {
        case .failing(let error):
            event(
                .warning,
                "upstream \(news.upstream) fails: \(error.message)",
                fields: Self.fields(news, error)
            )
        case .recovered(let time):
            event(
                .info,
                "upstream \(news.upstream) answers again",
                fields: Self.fields(news, nil) + [.init("failed_ms", .duration(time))]
            )
        }
    }

    private static func fields(_ news: UpstreamNews, _ error: UpstreamError?) -> [LogRecord.Field] {
        var fields: [LogRecord.Field] = [
            .init("upstream", .string(news.upstream)), .init("provider", .string(news.provider)),
        ]
        if let error { fields.append(.init("error", .string(error.code.rawValue))) }
        if let status = error?.status { fields.append(.init("status", .integer(status))) }
        if let code = error?.providerCode { fields.append(.init("provider_code", .string(code))) }
        if let images = news.images { fields.append(.init("images", .integer(images))) }
        if let id = news.requestID { fields.append(.init("request_id", .string(id.description))) }
        return fields
    }
}
