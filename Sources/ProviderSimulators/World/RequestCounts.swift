import JSONText

/// How often each provider was asked since the start or the last reset.
struct RequestCounts: Sendable {
    struct Count: Sendable {
        var requests = 0
        /// Answers that tell of an error in the provider's own way, whatever their HTTP status.
        var errors = 0
        /// Answers that carried a list or one page of it.
        var pages = 0
        /// Rows on those pages.
        var rows = 0
        var routes: [String: Int] = [:]
    }

    let since: Int64
    private(set) var counts: [SimulatedProvider: Count] = [:]

    init(since: Int64) {
        self.since = since
    }

    mutating func record(_ provider: SimulatedProvider, _ answer: DialectAnswer) {
        var count = counts[provider] ?? Count()
        counts[provider] = nil
        count.requests += 1
        count.errors += answer.isError ? 1 : 0
        if let rowCount = answer.rowCount {
            count.pages += 1
            count.rows += rowCount
        }
        count.routes[answer.route, default: 0] += 1
        counts[provider] = count
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("since", CalendarText.exact(since))
            writer.member("total", counts.values.reduce(0) { $0 + $1.requests })
            writer.key("requests")
            writer.object { writer in
                for provider in SimulatedProvider.allCases {
                    writer.member(provider.rawValue, counts[provider]?.requests ?? 0)
                }
            }
            writer.key("providers")
            writer.object { writer in
                for provider in SimulatedProvider.allCases {
                    writer.key(provider.rawValue)
                    (counts[provider] ?? Count()).write(to: &writer)
                }
            }
        }
    }
}

extension RequestCounts.Count {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("requests", requests)
            writer.member("errors", errors)
            writer.member("pages", pages)
            writer.member("rows", rows)
            writer.key("routes")
            writer.object { writer in
                for (route, count) in routes.sorted(by: { $0.key < $1.key }) {
                    writer.member(route, count)
                }
            }
        }
    }
}
