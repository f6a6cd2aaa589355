internal import Configuration
internal import EventLoops
internal import Glibc
internal import ImageModel
internal import MonotonicTime
internal import Observability
internal import Synchronization

/// Log records of the process: events for people, one JSON object per answered request.
///
/// Ownership: all writers share one thread that does nothing else, so that lines do not mix; each serving
/// loop has a writer of its own, so that loops do not wait for each other.
final class ProcessLog: Sendable {
    private let events: LogWriter
    private let accessDescriptor: Int32
    private let access = Mutex<[LogWriter]>([])
    private let loop: EventLoop
    private let level = Atomic<UInt8>(LogLevel.info.rawValue)
    private let isJSON = Atomic<Bool>(false)
    private let isFinished = Atomic<Bool>(false)
    private let silenceMax: Duration

    /// How long the end waits for somebody who reads nothing.
    static let silenceMax = Duration.seconds(1)
    /// How often it looks whether lines go out.
    private static let finishPause = Duration.milliseconds(5)

    /// Descriptors to write events and answered requests to; they stay open.
    init(
        events: Int32 = STDERR_FILENO,
        access: Int32 = STDOUT_FILENO,
        silenceMax: Duration = ProcessLog.silenceMax
    ) throws(SystemError) {
        self.silenceMax = silenceMax
        loop = try EventLoop()
        _ = loop.start(name: "log")
        self.events = LogWriter(descriptor: events, loop: loop)
        accessDescriptor = access
    }

    /// Which events are written from now on, and how.
    func follow(_ configuration: LogConfiguration) {
        level.store(LogLevel(configuration.level).rawValue, ordering: .relaxed)
        isJSON.store(configuration.format == .json, ordering: .relaxed)
    }

    /// A word that is no level counts as `info`.
    func event(_ level: String, _ message: String) {
        event(LogLevel(name: level) ?? .info, message)
    }

    /// `message` and `fields` are made only where they are written.
    func event(
        _ level: LogLevel,
        _ message: @autoclosure () -> String,
        fields: @autoclosure () -> [LogRecord.Field] = []
    ) {
        guard level.rawValue >= self.level.load(ordering: .relaxed) else { return }
        guard isJSON.load(ordering: .relaxed) else {
            let text = "\(WallClock.now.rfc3339) \(level.name) \(message())"
            let rest = fields().map { " \($0.name)=\($0.value)" }.joined()
            return events.write("\(text)\(rest)\n".utf8)
        }
        var line: [UInt8] = []
        let record = LogRecord(
            time: WallClock.now.microseconds,
            level: level,
            message: message(),
            fields: fields()
        )
        record.append(to: &line)
        events.write(line)
    }

    /// A writer of answered requests for one loop.
    func makeAccessWriter() -> LogWriter {
        let writer = LogWriter(descriptor: accessDescriptor, loop: loop)
        access.withLock { $0.append(writer) }
        return writer
    }

    /// Lines that could not be written as fast as they came.
    var droppedLineCount: Int {
        access.withLock { $0 }.reduce(events.droppedCount) { $0 + $1.droppedCount }
    }

    // MARK: Ending

    /// Returns when every line so far is written; or at `deadline`, and earlier where nobody reads them. `loop` goes on
    /// meanwhile. Once, and nothing should be logged after it.
    func finish(by deadline: MonotonicClock.Instant, on loop: EventLoop) async {
        guard !isFinished.exchange(true, ordering: .relaxed) else { return }
        var patience = patience(until: deadline)
        while !isIdle {
            if patience.ends(writtenByteCount: writtenByteCount, now: .now) { return giveUp() }
            try? await loop.sleep(until: .now + Self.finishPause)
        }
    }

    /// The same for whoever has no loop that runs; nothing where the log has been finished.
    func finish() {
        guard !isFinished.exchange(true, ordering: .relaxed) else { return }
        var patience = patience(until: .now)
        while !isIdle {
            if patience.ends(writtenByteCount: writtenByteCount, now: .now) { return giveUp() }
            usleep(UInt32(Self.finishPause / .microseconds(1)))
        }
    }

    private var writers: [LogWriter] { [events] + access.withLock { $0 } }

    private var isIdle: Bool { writers.allSatisfy(\.isIdle) }

    private var writtenByteCount: Int { writers.reduce(0) { $0 + $1.writtenByteCount } }

    private func patience(until deadline: MonotonicClock.Instant) -> LogPatience {
        LogPatience(
            until: deadline,
            silenceMax: silenceMax,
            writtenByteCount: writtenByteCount,
            now: .now
        )
    }

    /// Events go out as far as somebody takes them, and how many lines did not.
    private func giveUp() {
        let count = writers.reduce(0) { $0 + $1.writeWithoutWaiting() }
        event(.warning, "\(count) log lines were not written: nobody reads them")
        _ = events.writeWithoutWaiting()
    }
}

extension LogLevel {
    /// `trace` is for whoever will say more than `debug` one day.
    fileprivate init(_ level: LogConfiguration.Level) {
        switch level {
        case .trace, .debug: self = .debug
        case .info: self = .info
        case .warning: self = .warning
        case .error: self = .error
        }
    }
}
