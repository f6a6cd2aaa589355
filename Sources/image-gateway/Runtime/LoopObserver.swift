internal import GatewayAPI

/// What one loop tells of the requests it answered: to its log and its counters.
struct LoopObserver: RequestObserver {
    let accessLog: AccessLog
    let metrics: RequestMetrics

    func answered(
        _ record: borrowing RequestRecord,
        client: String?,
        peer: String,
        target: Span<UInt8>
    ) {
        metrics.answered(record)
        accessLog.answered(record, client: client, peer: peer, target: target)
    }

    func refused(_ record: RefusalRecord) {
        accessLog.refused(record)
    }

    func cached(answerCount: Int, byteCount: Int) {
        metrics.cached(answerCount: answerCount, byteCount: byteCount)
    }
}
