/// What a client is told about an answer besides its images.
public struct AnswerReport: Sendable, Hashable {
    /// Images that were shown.
    public var shownCount: Int
    public var total: Int
    public var isComplete: Bool
    /// Whether there are further pages.
    public var hasMore: Bool
    public var upstreams: [AnswerUpstream]

    public init(shownCount: Int, page: AnswerPage) {
        self.shownCount = shownCount
        total = page.total
        isComplete = page.isComplete
        hasMore = page.nextCursor != nil
        upstreams = page.upstreams
    }

    /// `50 of 1234 images, 5 upstreams, complete`, and a line for each upstream that is missing or not whole.
    public var lines: [String] {
        var parts = [shown, asked]
        parts.append(isComplete ? "complete" : "not complete")
        if hasMore { parts.append("more with --all") }
        return [parts.joined(separator: ", ")] + missing.map { "  \($0.reason)" }
    }

    /// The total is that of the last page: of a walk over lists that shrink, or of which one fails on the way, more was
    /// shown.
    private var shown: String {
        if shownCount <= total { return "\(shownCount) of \(total.counted("image"))" }
        return "\(shownCount.counted("image")) (\(total) by the count of the last page)"
    }

    /// Those that left something out, and those whose list is older than it should be.
    private var missing: [AnswerUpstream] {
        upstreams.filter { ["partial", "failed"].contains($0.state) || $0.errorSlug != nil }
    }

    private var asked: String {
        let asked = upstreams.filter { $0.state != "skipped" }.count
        let all = upstreams.count.counted("upstream")
        return asked == upstreams.count ? all : "\(asked) of \(all)"
    }
}
