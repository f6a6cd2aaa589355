internal import Federation

/// The state of the upstreams in Prometheus' text format (version 0.0.4).
enum GatewayMetrics {
    static func text(_ nodes: [UpstreamNode], now: ContinuousClock.Instant) -> String {
        let rows = nodes.map { ($0.id, $0.status(now: now)) }
        var text = ""
        gauge("image_gateway_upstream_images", "Images in the current list.", rows, &text) {
            $0.images.map(Double.init)
        }
        gauge("image_gateway_upstream_age_seconds", "Age of the current list.", rows, &text) {
            $0.age.map { $0 / .seconds(1) }
        }
        gauge("image_gateway_upstream_up", "1 while the last walk brought a list.", rows, &text) {
            $0.error == nil && $0.images != nil ? 1 : 0
        }
        gauge(
            "image_gateway_upstream_calls_total",
            "Calls since the start.",
            rows,
            &text,
            type: "counter"
        ) {
            Double($0.calls)
        }
        gauge(
            "image_gateway_upstream_walks_total",
            "Walks since the start.",
            rows,
            &text,
            type: "counter"
        ) {
            Double($0.walks)
        }
        return text
    }

    private static func gauge(
        _ name: String,
        _ help: String,
        _ rows: [(String, UpstreamNode.Status)],
        _ text: inout String,
        type: String = "gauge",
        _ value: (UpstreamNode.Status) -> Double?
    ) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
        for (id, status) in rows {
            if let value = value(status) { text += "\(name){upstream=\"\(id)\"} \(value)\n" }
        }
    }
}
