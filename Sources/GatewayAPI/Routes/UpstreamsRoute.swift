internal import Federation
internal import HTTPWire
internal import JSONText
internal import MonotonicTime
internal import Upstreams

/// `GET /v1/upstreams`: what is configured, as far as the caller may see it, and how it is doing.
enum UpstreamsRoute {
    static func reply(_ exchange: Exchange) throws(Problem) -> Reply {
        try exchange.checkParameters()
        let now = exchange.timekeeper.now
        var writer = JSONWriter(reservingCapacity: 1_024)
        writer.object { writer in
            writer.key("upstreams")
            writer.array { writer in
                for node in exchange.service.federation.visibleNodes(exchange.scope) {
                    write(node, now: now, to: &writer)
                }
            }
        }
        let fields = [
            HTTPField("content-type", "application/json"), HTTPField("cache-control", "no-store"),
        ]
        return Reply(response: HTTPResponse(status: 200, fields: fields, body: writer.bytes))
    }

    private static func write(
        _ node: UpstreamNode,
        now: MonotonicClock.Instant,
        to writer: inout JSONWriter
    ) {
        let status = node.status(now: now)
        writer.object { writer in
            writer.member("id", node.id)
            writer.member("provider", node.settings.provider)
            writer.member("region", node.settings.region)
            writer.member("enabled", node.policy.enabled)
            writer.member("tags", node.policy.tags)
            writer.member("state", status.state.rawValue)
            writer.member("loading", status.isWalking)
            writer.member("images_loaded", optional: status.imagesLoaded)
            writer.member("images", optional: status.images)
            writer.member("restored", status.isRestored)
            writer.member("fetched_at", status.fetchedAt)
            writer.member("age_seconds", optional: status.age.map { $0.components.seconds })
            writer.member("latency_ms", optional: status.latency.map(\.wholeMilliseconds))
            writer.member("ttl_seconds", node.policy.ttl.components.seconds)
            writer.member("breaker", status.breaker.name)
            writer.member(
                "next_probe_seconds",
                optional: status.breaker.nextProbe.map(\.roundedUpSeconds)
            )
            writer.member("walks", status.walks)
            writer.member("calls", status.calls.calls)
            writer.member("retries", status.calls.retries)
            UpstreamEntry.write(drift: status.drift, to: &writer)
            writer.key("last_error")
            if let error = status.error { error.write(to: &writer) } else { writer.null() }
        }
    }
}
