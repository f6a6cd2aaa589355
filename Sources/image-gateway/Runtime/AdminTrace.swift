internal import EventLoops
internal import GatewayAPI
internal import MonotonicTime
internal import Observability
internal import Synchronization

/// What the admin port leaves behind: every answer counted, every change a line in the log, and lines about whoever is
/// kept out, however many they are, no more than two in ten seconds.
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
        }
    }

    /// Nothing that was sent is repeated: what is no key here may be one elsewhere.
    private func keptOut(_ record: AdminRecord) {
        guard intrusions.withLock({ $0.begins(with: record.peer) }) else { return }
        log.event(.warning, "kept out of the admin port", fields: Self.fields(record))
        planEnd()
    }

    private func planEnd() {
        loop.submit { [self] in
            loop.schedule(at: loop.now + Self.window) { self.endWindow() }
        }
    }

    private func endWindow() {
        guard let (count, peer) = intrusions.withLock({ $0.ends() }) else { return }
        log.event(
            .warning,
            "kept out of the admin port since",
            fields: [.init("count", .integer(count)), .init("last_peer", .string(peer))]
        )
        planEnd()
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

/// Which of many intrusions are told at once, and how many there were besides.
struct Intrusions {
    private var isOpen = false
    private var count = 0
    private var lastPeer = ""

    /// Whether this one is to be told at once, and a window begins.
    mutating func begins(with peer: String) -> Bool {
        guard isOpen else {
            isOpen = true
            return true
        }
        count += 1
        lastPeer = peer
        return false
    }

    /// The window is over: how many there were besides the first one, and who was last, and another window begins; or
    /// `nil`, and there is none.
    mutating func ends() -> (count: Int, lastPeer: String)? {
        defer { count = 0 }
        isOpen = count > 0
        return isOpen ? (count, lastPeer) : nil
    }
}
