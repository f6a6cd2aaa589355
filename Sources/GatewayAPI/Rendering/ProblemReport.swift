internal import JSONText

/// A problem document (RFC 9457) in lines for people.
public struct ProblemReport: Sendable, Hashable {
    /// One per offending parameter, or one for the problem and one per upstream that failed.
    public let lines: [String]
    /// Who was asked, where that is the matter.
    public let upstreams: [AnswerUpstream]

    /// `body` as it came; something else than a problem document is told by its status alone.
    public init(status: Int, body: [UInt8]) {
        guard let problem = try? JSONValue(parsing: body), let title = problem["title"]?.stringValue
        else {
            lines = ["the answer has status \(status) and is not a problem document"]
            upstreams = []
            return
        }
        upstreams = (problem["upstreams"]?.arrayValue ?? []).map(AnswerUpstream.init)
        let parameters = (problem["parameters"]?.arrayValue ?? []).map(Self.sentence)
        let detail = problem["detail"]?.stringValue
        let head = [detail.map { "\(title): \($0)" } ?? title]
        lines =
            (parameters.isEmpty ? head : parameters).map(CellText.visible)
            + upstreams.filter { $0.errorSlug != nil }.map { "  \($0.reason)" }
    }

    private static func sentence(_ parameter: JSONValue) -> String {
        "\(parameter["name"]?.stringValue ?? "?"): \(parameter["detail"]?.stringValue ?? "")"
    }
}
