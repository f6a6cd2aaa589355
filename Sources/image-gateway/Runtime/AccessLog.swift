internal import GatewayAPI
internal import ImageModel
internal import Observability
internal import Synchronization

/// Writes one JSON object per answered request.
///
/// Ownership: one instance per responder; `answered` is called on that responder's loop alone, so the buffer
/// needs no lock. The writer is the loop's own, too: loops do not meet here.
final class AccessLog: @unchecked Sendable {
    // Invariant: touched on the loop's own thread only, as `RequestObserver` says.
    private var buffer: [UInt8] = []
    private let writer: LogWriter
    private let isEnabled: Atomic<Bool>

    init(writer: LogWriter, isEnabled: Bool) {
        self.writer = writer
        self.isEnabled = Atomic(isEnabled)
    }

    /// From any thread.
    func enable(_ isEnabled: Bool) {
        self.isEnabled.store(isEnabled, ordering: .relaxed)
    }

    func answered(_ record: RequestRecord, target: Span<UInt8>) {
        guard isEnabled.load(ordering: .relaxed) else { return }
        buffer.removeAll(keepingCapacity: true)
        var line = LogLine(time: record.date.microseconds, reusing: &buffer)
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
        line.append("duration_us", record.duration.wholeMicroseconds)
        line.append("temperature", record.temperature.rawValue)
        line.finish(into: &buffer)
        writer.write(buffer)
    }
}

extension Duration {
    fileprivate var wholeMicroseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds * 1_000_000 + attoseconds / 1_000_000_000_000)
    }
}
