internal import GatewayAPI
internal import ImageModel
internal import JSONText

/// Writes one JSON object per answered request.
struct AccessLog: RequestObserver {
    let log: ProcessLog
    let isEnabled: Bool

    func answered(_ record: RequestRecord) {
        guard isEnabled else { return }
        var writer = JSONWriter(reservingCapacity: 256)
        writer.object { writer in
            writer.member("time", WallClock.now.rfc3339)
            writer.member("request_id", record.requestID)
            writer.member("client", record.client)
            writer.member("peer", record.peer)
            writer.member("method", record.method)
            writer.member("target", record.target)
            writer.member("status", record.status)
            writer.member("bytes", record.byteCount)
            writer.member(
                "duration_us",
                record.duration.components.attoseconds / 1_000_000_000_000 + record.duration
                    .components.seconds * 1_000_000
            )
            writer.member("temperature", record.temperature)
        }
        log.request(writer.bytes)
    }
}
