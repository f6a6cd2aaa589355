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
    @exclusivity(unchecked) private var clock = LineClock()
    @exclusivity(unchecked) private var isHandOverDue = false
    private let loop: EventLoop
    private let writer: LogWriter
    private let isEnabled: Atomic<Bool>

    /// How long a line may wait for others.
    private static let delay = Duration.milliseconds(50)
    /// Bytes that do not wait for the end of the delay.
    private static let linesBytesMax = 256 << 10

    init(loop: EventLoop, writer: LogWriter, isEnabled: Bool) {
        self.loop = loop
        self.writer = writer
        self.isEnabled = Atomic(isEnabled)
    }

    /// From any thread.
    func enable(_ isEnabled: Bool) {
        self.isEnabled.store(isEnabled, ordering: .relaxed)
    }

    func answered(_ record: RequestRecord, target: Span<UInt8>) {
        guard isEnabled.load(ordering: .relaxed) else { return }
        if !isHandOverDue {
            isHandOverDue = true
            loop.schedule(at: loop.now + Self.delay) {
                self.isHandOverDue = false
                self.handOver()
            }
        }
        clock.set(record.date)
        let isTargetPlain = record.isTargetPlain ?? TargetRedaction.isPlain(target)
        if isTargetPlain, isPlain(record) {
            appendPlain(record, target: target)
        } else {
            appendAny(record, target)
        }
        if lines.count >= Self.linesBytesMax { handOver() }
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

    /// Peers are addresses in digits, and the server lets through no method that is not a token.
    private func isPlain(_ record: RequestRecord) -> Bool {
        record.client?.utf8.span.isPlainText != false
    }

    /// The usual line, with no more work than its bytes.
    private func appendPlain(_ record: RequestRecord, target: Span<UInt8>) {
        let texts =
            record.peer.utf8.count + (record.client?.utf8.count ?? 0) + record.method.utf8.count
        lines.append(addingCapacity: 384 + texts + target.count) { line in
            line.append(ascii: "{\"time\":\"")
            clock.write(record.date, to: &line)
            line.append(ascii: "\",\"request_id\":\"")
            line.append(record.requestID)
            if let client = record.client {
                line.append(ascii: "\",\"client\":\"")
                line.append(client.utf8.span)
                line.append(ascii: "\",\"peer\":\"")
            } else {
                line.append(ascii: "\",\"client\":null,\"peer\":\"")
            }
            line.append(record.peer.utf8.span)
            line.append(ascii: "\",\"method\":\"")
            line.append(record.method.utf8.span)
            line.append(ascii: "\",\"target\":\"")
            line.append(target)
            line.append(ascii: "\",\"status\":")
            line.append(decimal: record.status)
            line.append(ascii: ",\"bytes\":")
            line.append(decimal: record.byteCount)
            line.append(ascii: ",\"duration_us\":")
            line.append(decimal: Int(record.duration.wholeNanoseconds / 1_000))
            line.append(ascii: ",\"temperature\":\"")
            line.append(record.temperature.rawValue.utf8.span)
            if let id = record.traceID {
                line.append(ascii: "\",\"trace_id\":\"")
                line.append(id)
            }
            line.append(ascii: "\"}\n")
        }
    }

    /// The same with texts that must be escaped or cut.
    private func appendAny(_ record: RequestRecord, _ target: Span<UInt8>) {
        var rest: [UInt8] = []
        var line = LogLine(time: record.date.microseconds, reusing: &rest)
        line.append("request_id", record.requestID)
        line.append("client", optional: record.client)
        line.append("peer", record.peer)
        line.append("method", record.method)
        if let redacted = TargetRedaction.redacted(target) {
            line.append("target", redacted)
        } else {
            line.append("target", target)
        }
        line.append("status", record.status)
        line.append("bytes", record.byteCount)
        line.append("duration_us", Int(record.duration.wholeNanoseconds / 1_000))
        line.append("temperature", record.temperature.rawValue)
        if let id = record.traceID { line.append("trace_id", id.description) }
        line.finish(into: &rest)
        lines += rest
    }
}

/// RFC 3339 in UTC with milliseconds; what is the same within a second is written once a second.
private struct LineClock {
    private var second: Int64 = .min
    private var text: [UInt8] = []

    mutating func set(_ date: Timestamp) {
        guard date.seconds != second else { return }
        second = date.seconds
        text = Array(Timestamp(seconds: second).rfc3339.utf8.dropLast())
    }

    func write(_ date: Timestamp, to line: inout OutputSpan<UInt8>) {
        line.append(text.span)
        line.append(UInt8(ascii: "."))
        line.append(decimal: Int(date.microseconds / 1_000 - second * 1_000), digitCountMin: 3)
        line.append(UInt8(ascii: "Z"))
    }
}
