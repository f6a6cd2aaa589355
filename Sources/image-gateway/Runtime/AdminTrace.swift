internal import EventLoops
internal import GatewayAPI
internal import MonotonicTime
internal import Observability
internal import Synchronization

/// What the admin port leaves behind: every answer counted, a line in the log for each change that was asked for by
/// somebody who may, and lines about those who are kept out: however often they come, few.
final class AdminTrace: Sendable {
    private let requests: MetricFamily<Counter>
    private let problems: MetricFamily<Counter>
    private let log: ProcessLog
    private let loop: EventLoop
    private let intrusions = Mutex(Intrusions())

    /// How long further intrusions are gathered for one line.
    static let window = Duration.seconds(10)

    init(_ metrics: GatewayMetrics, log: ProcessLog, loop: EventLoop) {
        requests = metrics.adminRequests
        problems = metrics.requests.problems
        self.log = log
        self.loop = loop
    }

    /// From any thread.
    func answered(_ record: AdminRecord) {
        requests.with(record.action.rawValue, String(record.status)).add()
        if let problem = record.problem { problems.with(problem).add() }
        if record.isChange {
            let path = LogRecord.Field("path", .string(record.path))
            log.event(.info, "changed through the admin port", fields: [path] + Self.fields(record))
        } else if record.isIntrusion {
            keptOut(record)
        } else if record.isRefusedChange {
            log.event(.info, "refused on the admin port", fields: Self.fields(record))
        }
    }

    /// Tells what has been gathered so far.
    func finish() {
        tell(intrusions.withLock { $0.endWindow() })
    }

    /// Nothing that was sent is repeated: what is no key here may be one elsewhere.
    private func keptOut(_ record: AdminRecord) {
        let who = Intrusions.Who(peer: record.peer, problem: record.problem ?? "")
        let (isNew, beginsWindow) = intrusions.withLock { $0.add(who) }
        if isNew { log.event(.warning, "kept out of the admin port", fields: Self.fields(record)) }
        if beginsWindow { planEnd() }
    }

    private func planEnd() {
        loop.submit { [self] in
            loop.schedule(at: loop.now + Self.window) {
                let summary = self.intrusions.withLock { $0.endWindow() }
                self.tell(summary)
                if summary != nil { self.planEnd() }
            }
        }
    }

    private func tell(_ summary: Intrusions.Summary?) {
        guard let summary else { return }
        log.event(
            .warning,
            "kept out of the admin port since",
            fields: [
                .init("count", .integer(summary.count)), .init("peers", .string(summary.peers)),
            ]
        )
    }

    private static func fields(_ record: AdminRecord) -> [LogRecord.Field] {
        var fields: [LogRecord.Field] = [
            .init("action", .string(record.action.rawValue)),
            .init("status", .integer(record.status)), .init("peer", .string(record.peer)),
            .init("request_id", .string(record.requestID.description)),
        ]
        if let problem = record.problem { fields.append(.init("problem", .string(problem))) }
        return fields
    }
}

/// Which of many intrusions are told at once: the first of each caller, of eight at most; and who else there was in a
/// window of time, and how often. Windows follow each other until one is empty.
struct Intrusions {
    private var isOpen = false
    /// Since the window began, beside those that were told.
    private var counts: [Who: Int] = [:]
    private var otherCount = 0

    private static let callersMax = 8

    struct Who: Hashable {
        var peer: String
        var problem: String
    }

    struct Summary: Hashable {
        var count: Int
        /// For people, the most frequent first.
        var peers: String
    }

    mutating func add(_ who: Who) -> (isNew: Bool, beginsWindow: Bool) {
        defer { isOpen = true }
        if let count = counts[who] {
            counts[who] = count + 1
            return (false, !isOpen)
        }
        guard counts.count < Self.callersMax else {
            otherCount += 1
            return (false, !isOpen)
        }
        counts[who] = 0
        return (true, !isOpen)
    }

    /// `nil` where nobody came beside those who were told: no window follows.
    mutating func endWindow() -> Summary? {
        let seen = counts.filter { $0.value > 0 }.sorted {
            ($1.value, $0.key.peer, $0.key.problem) < ($0.value, $1.key.peer, $1.key.problem)
        }
        let count = seen.reduce(otherCount) { $0 + $1.value }
        guard count > 0 else {
            self = Intrusions()
            return nil
        }
        var parts = seen.map { "\($0.key.peer) \($0.key.problem) \($0.value)" }
        if otherCount > 0 { parts.append("others \(otherCount)") }
        counts = counts.mapValues { _ in 0 }
        otherCount = 0
        return Summary(count: count, peers: parts.joined(separator: ", "))
    }
}
