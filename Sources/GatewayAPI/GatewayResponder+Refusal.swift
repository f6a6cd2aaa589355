internal import Federation
internal import HTTPWire
internal import ImageModel
internal import MonotonicTime
internal import Observability
internal import Upstreams

extension GatewayResponder {
    /// Where no more requests may wait for upstreams, that is said before a task is made, which would stand in line
    /// behind all those. It is said with bytes that are ready: whoever has too much to do has no time for it.
    func refuseAtOnce(
        _ head: borrowing RequestHead,
        _ caller: Caller,
        _ id: RequestID,
        _ begin: MonotonicClock.Instant,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        let date = timekeeper.date
        if refusal == nil {
            refusal = HotAnswer(
                encodedRefusal(head, id, HTTPDate(secondsSince1970: date.seconds)),
                ages: .none(begin),
                date: date,
                hasContentRequestID: true
            )
        }
        guard refusal?.prepare(id, date: date, now: begin) == true, let bytes = refusal?.bytes
        else {
            return false
        }
        send(bytes.span)
        head.withTarget { target in
            record(
                id,
                target,
                head.peer.address,
                head.peer.isTLS,
                nil,
                bytes.count,
                caller.id,
                .none,
                begin,
                date,
                false,
                status: Problem.overloaded.status,
                problem: Problem.overloaded.slug
            )
        }
        return true
    }

    /// Heads with an `Origin` take the long way, so what is found for one serves all.
    private func encodedRefusal(
        _ head: borrowing RequestHead,
        _ id: RequestID,
        _ date: HTTPDate
    ) -> [UInt8] {
        let exchange = Exchange(
            request: HTTPRequest(method: "GET", target: head.targetText, peer: head.peer),
            requestID: id,
            service: service,
            timekeeper: timekeeper
        )
        var problem = Problem.overloaded.response(requestID: id.description)
        finish(&problem, exchange, takesGzip: false)
        var bytes: [UInt8] = []
        ResponseEncoder(isHead: false, keepsAlive: true, date: date).encode(problem, into: &bytes)
        return bytes
    }
}
