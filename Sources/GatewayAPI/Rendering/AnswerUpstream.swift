public import JSONText

/// One upstream's part in an answer, read by a client.
public struct AnswerUpstream: Sendable, Hashable {
    public let id: String
    /// `fresh`, `cached`, `stale`, `partial`, `failed` or `skipped`.
    public let state: String
    public let matched: Int
    /// Last part of the error's type, for example `still-loading`; `nil` without an error.
    public let errorSlug: String?
    /// What happened and what to do.
    public let errorDetail: String?
    /// As it came, where it was asked for.
    public let explanation: JSONValue?

    public init(_ entry: JSONValue) {
        id = entry["id"]?.stringValue ?? "?"
        state = entry["state"]?.stringValue ?? "?"
        matched = entry["matched"]?.integerValue ?? 0
        let error = entry["error"]
        errorSlug = error?["type"]?.stringValue.map { type in
            type.split(separator: ":").last.map { String($0) } ?? type
        }
        errorDetail = error?["detail"]?.stringValue
        explanation = entry["explain"]
    }

    /// Whether asking again later may bring more because the list may still be on its way.
    public var mayBeLoading: Bool {
        errorSlug == "still-loading" || errorSlug == "deadline-exceeded"
    }

    /// `gmi: partial, still loading: its list is still being read`, control characters made visible.
    public var reason: String {
        let words = errorSlug.map { $0.split(separator: "-").joined(separator: " ") }
        let parts = [words.map { "\(state), \($0)" } ?? state, errorDetail].compactMap { $0 }
        return CellText.visible("\(id): \(parts.joined(separator: ": "))")
    }
}
