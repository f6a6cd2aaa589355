internal import EventLoops
internal import GatewayAPI
internal import ImageModel
internal import MonotonicTime
internal import Observability
internal import Synchronization

/// Writes one JSON object per answered request.
///
/// Ownership: one instance per responder; `answered` is called on that responder's loop alone, so the lines
/// that wait to be handed over need no lock. The writer is the loop's own, too: loops do not meet here.
final class AccessLog: @unchecked Sendable {
    // Invariant: touched on the loop's own thread only, as `RequestObserver` says.
    @exclusivity(unchecked) private var lines: [UInt8] = []
    @exclusivity(unchecked) private var beginning = LineBeginning()
    @exclusivity(unchecked) private var isHandOverDue = false
    private let loop: EventLoop
    private let writer: LogWriter
    private let isEnabled: Atomic<Bool>

    /// How long a line may wait for others.
    private static let delay = Duration.milliseconds(50)
    /// Bytes of lines that wait for each other; what comes then goes at once. Always the same, so that a burst leaves
    /// no larger room behind.
    static let roomByteCount = 128 << 10

    init(loop: EventLoop, writer: LogWriter, isEnabled: Bool) {
        self.loop = loop
        self.writer = writer
        self.isEnabled = Atomic(isEnabled)
    }

    /// From any thread.
    func enable(_ isEnabled: Bool) {
        self.isEnabled.store(isEnabled, ordering: .relaxed)
    }

    func answered(
        _ record: borrowing RequestRecord,
        client: String?,
        peer: String,
        target: Span<UInt8>
    ) {
        guard isEnabled.load(ordering: .relaxed) else { return }
        planHandOver()
        let isTargetPlain = record.isTargetPlain ?? record.targetRedaction.isPlain(target)
        if isTargetPlain {
            appendPlain(record, client, peer, target)
        } else {
            appendAny(record, client, peer, target)
        }
    }

    /// The same line without what is not known of such a request, and with the reason.
    func refused(_ record: RefusalRecord) {
        guard isEnabled.load(ordering: .relaxed) else { return }
        planHandOver()
        var rest: [UInt8] = []
        var line = LogLine(time: record.date.microseconds, reusing: &rest)
        line.append("request_id", record.requestID)
        line.append("client", optional: nil)
        line.append("peer", record.peer)
        line.append("method", optional: nil)
        line.append("target", optional: nil)
        line.append("status", record.status)
        line.append("bytes", record.byteCount)
        line.append("refused", record.reason)
        append(line, reusing: &rest)
    }

    private func planHandOver() {
        if isHandOverDue { return }
        isHandOverDue = true
        loop.schedule(at: loop.now + Self.delay) {
            self.isHandOverDue = false
            self.handOver()
        }
    }

    /// Returns once every line so far is with the writer.
    func finish() async {
        await withCheckedContinuation { continuation in
            loop.submit {
                self.handOver()
                continuation.resume()
            }
        }
    }

    private func handOver() {
        guard !lines.isEmpty else { return }
        writer.take(&lines)
    }

    /// A line of at most `byteCount` bytes will fit.
    private func makeRoom(for byteCount: Int) {
        if lines.count + byteCount > Self.roomByteCount { handOver() }
        if lines.capacity < Self.roomByteCount { lines.reserveCapacity(Self.roomByteCount) }
    }

    /// The usual line, with no more work than its bytes. Nothing else in it has to be escaped: peers are addresses in
    /// digits, ids of clients and methods are names.
    private func appendPlain(
        _ record: borrowing RequestRecord,
        _ client: String?,
        _ peer: String,
        _ target: Span<UInt8>
    ) {
        beginning.set(record.date)
        let byteCountMax = 384 + peer.utf8.count + (client?.utf8.count ?? 0) + target.count
        makeRoom(for: byteCountMax)
        lines.append(addingCapacity: byteCountMax) { lines in
            lines.withTextCursor { write(record, client, peer, target, to: &$0) }
        }
    }

    private func write(
        _ record: borrowing RequestRecord,
        _ client: String?,
        _ peer: String,
        _ target: Span<UInt8>,
        to line: inout TextCursor
    ) {
        beginning.write(to: &line)
        line.append(record.requestID)
        if let client {
            line.append(ascii: "\",\"client\":\"")
            line.append(client.utf8.span)
            line.append(ascii: "\",\"peer\":\"")
        } else {
            line.append(ascii: "\",\"client\":null,\"peer\":\"")
        }
        line.append(peer.utf8.span)
        // The usual words as they stand, others by their names.
        if record.method == .get {
            line.append(ascii: "\",\"method\":\"GET\",\"target\":\"")
        } else {
            line.append(ascii: "\",\"method\":\"")
            line.append(record.method.rawValue.utf8.span)
            line.append(ascii: "\",\"target\":\"")
        }
        line.append(target)
        line.append(ascii: "\",\"status\":")
        line.append(decimal: record.status)
        line.append(ascii: ",\"bytes\":")
        line.append(decimal: record.byteCount)
        line.append(ascii: ",\"duration_us\":")
        line.append(decimal: Int(record.duration.wholeNanoseconds / 1_000))
        if record.temperature == .hot {
            line.append(ascii: ",\"temperature\":\"hot")
        } else {
            line.append(ascii: ",\"temperature\":\"")
            line.append(record.temperature.rawValue.utf8.span)
        }
        if let id = record.traceID {
            line.append(ascii: "\",\"trace_id\":\"")
            line.append(id)
        }
        line.append(ascii: "\"}\n")
    }

    /// The same with texts that must be escaped or cut.
    private func appendAny(
        _ record: borrowing RequestRecord,
        _ client: String?,
        _ peer: String,
        _ target: Span<UInt8>
    ) {
        var rest: [UInt8] = []
        var line = LogLine(time: record.date.microseconds, reusing: &rest)
        line.append("request_id", record.requestID)
        line.append("client", optional: client)
        line.append("peer", peer)
        line.append("method", record.method.rawValue)
        if let redacted = record.targetRedaction.redacted(target) {
            line.append("target", redacted)
        } else {
            line.append("target", target)
        }
        line.append("status", record.status)
        line.append("bytes", record.byteCount)
        line.append("duration_us", Int(record.duration.wholeNanoseconds / 1_000))
        line.append("temperature", record.temperature.rawValue)
        if let id = record.traceID { line.append("trace_id", id.description) }
        append(line, reusing: &rest)
    }

    private func append(_ line: consuming LogLine, reusing rest: inout [UInt8]) {
        line.finish(into: &rest)
        makeRoom(for: rest.count)
        lines += rest
    }
}

/// What a line begins with, up to the request id. The time in it is RFC 3339 in UTC with milliseconds; only they are
/// written within a second, and nothing within a millisecond.
private struct LineBeginning: ~Copyable {
    private var text: [UInt8] = []
    private var second: Int64 = .min
    private var millisecond: Int64 = .min
    /// Where the milliseconds stand in `text`.
    private var place = 0

    mutating func set(_ date: Timestamp) {
        let millisecond = date.microseconds / 1_000
        guard millisecond != self.millisecond else { return }
        self.millisecond = millisecond
        if date.seconds != second { setSecond(date.seconds) }
        let fraction = UInt32(truncatingIfNeeded: millisecond - second * 1_000)
        text[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / 100)
        text[place + 1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction / 10 % 10)
        text[place + 2] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: fraction % 10)
    }

    func write(to line: inout TextCursor) { line.append(text.span) }

    private mutating func setSecond(_ second: Int64) {
        self.second = second
        let time = Timestamp(seconds: second).rfc3339.dropLast()
        text = Array("{\"time\":\"\(time).".utf8)
        place = text.count
        text += Array("000Z\",\"request_id\":\"".utf8)
    }
}
