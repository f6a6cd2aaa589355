internal import GatewayAPI
internal import JSONText

/// One screenful of `image-gateway top`, as lines. Pure: the same readings, the same lines.
struct TopFrame {
    private let interval: TopInterval
    private let address: String
    private let width: Int?

    /// A line, and how it should stand out where the terminal can show that.
    struct Line {
        var text: String
        var style = Style.plain

        enum Style {
            case plain, title, good, warning, bad
        }
    }

    private static let requests = "image_gateway_requests_total"
    private static let durations = "image_gateway_request_duration_seconds"
    private static let temperatures = ["hot", "warm", "cold", "none"]

    /// `width` cells a line; `nil`: no bound.
    init(_ interval: TopInterval, address: String, width: Int?) {
        self.interval = interval
        self.address = address
        self.width = width
    }

    var lines: [Line] {
        header + [Line(text: "")] + requestLines + [Line(text: "")] + upstreamLines
    }

    /// The lines that fit, the last one saying how many do not.
    func lines(height: Int) -> [Line] {
        let all = lines
        guard all.count > height, height > 1 else { return Array(all.prefix(max(0, height))) }
        return all.prefix(height - 1) + [Line(text: "… \(all.count - height + 1) more lines")]
    }

    // MARK: Head

    private var header: [Line] {
        let metrics = interval.later.metrics
        let span = interval.earlier == nil ? "since its start" : "of the last moments"
        let version = metrics.all("image_gateway_build_info").first?.labels["version"] ?? "?"
        let process = [
            "up \(Figure.age(seconds: interval.uptime))",
            "cpu \(percent(interval.rate("image_gateway_process_cpu_seconds_total")))",
            "memory \(Figure.bytes(gauge("process_resident_memory_bytes")))",
            "descriptors \(Figure.count(gauge("process_open_descriptors")))",
            "connections \(Figure.count(gauge("connections_open")))",
            "kept answers \(Figure.count(gauge("response_cache_entries")))"
                + " (\(Figure.bytes(gauge("response_cache_bytes"))))",
        ]
        return [
            line("image-gateway \(version) at \(address), rates \(span)", .title),
            line(process.joined(separator: "  ")),
        ]
    }

    private func gauge(_ name: String) -> Double? {
        interval.later.metrics.sum("image_gateway_\(name)")
    }

    private func percent(_ share: Double?) -> String {
        share.map { "\(Figure.count($0 * 100))%" } ?? "-"
    }

    // MARK: Requests

    private var requestLines: [Line] {
        let titles = ["REQUESTS", "PER SECOND", "4XX", "5XX", "P50", "P99"]
        let columns = titles.enumerated().map {
            TableText.Column($1, isRightAligned: $0 > 0)
        }
        let rows = Self.temperatures.map { requestRow($0) }
        let table = TableText(columns, sample: rows.map(\.cells), width: width)
        return [Line(text: table.header, style: .title)]
            + rows.map { Line(text: table.line($0.cells), style: $0.style) }
    }

    private func requestRow(_ temperature: String) -> (cells: [String], style: Line.Style) {
        let labels = ["temperature": temperature]
        let failures = interval.rate(Self.requests, labels.merging(["status": "5xx"]) { $1 })
        let refusals = interval.rate(Self.requests, labels.merging(["status": "4xx"]) { $1 })
        let cells = [
            temperature == "none" ? "other" : temperature,
            Figure.count(interval.rate(Self.requests, labels) ?? 0),
            Figure.count(refusals ?? 0), Figure.count(failures ?? 0),
            Figure.time(seconds: interval.quantile(0.5, of: Self.durations, labels)),
            Figure.time(seconds: interval.quantile(0.99, of: Self.durations, labels)),
        ]
        return (cells, (failures ?? 0) > 0 ? .bad : .plain)
    }

    // MARK: Upstreams

    private static let upstreamColumns: [TableText.Column] = [
        .init("UPSTREAM", widthMin: 8), .init("STATE"), .init("IMAGES", isRightAligned: true),
        .init("AGE", isRightAligned: true), .init("TTL", isRightAligned: true, rank: 4),
        .init("BREAKER", rank: 1), .init("CALLS/S", isRightAligned: true, rank: 3),
        .init("FAILED/S", isRightAligned: true, rank: 2),
        .init("CALL P50", isRightAligned: true, rank: 6),
        .init("CALL P99", isRightAligned: true, rank: 5), .init("LAST ERROR", widthMin: 12),
    ]

    private var upstreamLines: [Line] {
        let rows = interval.later.upstreams.map { (cells: cells($0), style: style($0)) }
        let table = TableText(Self.upstreamColumns, sample: rows.map(\.cells), width: width)
        return [Line(text: table.header, style: .title)]
            + rows.map { Line(text: table.line($0.cells), style: $0.style) }
    }

    private func cells(_ upstream: JSONValue) -> [String] {
        let id = upstream["id"]?.stringValue ?? "?"
        let labels = ["upstream": id]
        let calls = "image_gateway_upstream_call_duration_seconds"
        return [
            id, state(upstream), images(upstream),
            Figure.age(seconds: number(upstream["age_seconds"])),
            Figure.age(seconds: number(upstream["ttl_seconds"])),
            upstream["breaker"]?.stringValue ?? "-",
            Figure.count(interval.rate("image_gateway_upstream_calls_total", labels)),
            Figure.count(interval.rate("image_gateway_upstream_call_failures_total", labels) ?? 0),
            Figure.time(seconds: interval.quantile(0.5, of: calls, labels)),
            Figure.time(seconds: interval.quantile(0.99, of: calls, labels)),
            error(upstream["last_error"]),
        ]
    }

    private func state(_ upstream: JSONValue) -> String {
        if upstream["enabled"]?.boolValue == false { return "off" }
        if upstream["loading"]?.boolValue == true { return "loading" }
        let state = upstream["state"]?.stringValue ?? "?"
        return state == "skipped" ? "unasked" : state
    }

    private func images(_ upstream: JSONValue) -> String {
        let loading = upstream["images_loaded"]?.integerValue.map { "\($0)…" }
        return loading ?? upstream["images"]?.integerValue.map { "\($0)" } ?? "-"
    }

    private func error(_ error: JSONValue?) -> String {
        guard let error, !error.isNull else { return "" }
        let slug = error["type"]?.stringValue?.split(separator: ":").last.map(String.init) ?? "?"
        return "\(slug): \(error["detail"]?.stringValue ?? "")"
    }

    private func number(_ value: JSONValue?) -> Double? { value?.integerValue.map(Double.init) }

    private func style(_ upstream: JSONValue) -> Line.Style {
        switch (state(upstream), upstream["breaker"]?.stringValue) {
        case ("failed", _), (_, "open"): .bad
        case ("stale", _), ("partial", _), (_, "half-open"): .warning
        case ("cached", _): .good
        default: .plain
        }
    }

    private func line(_ text: String, _ style: Line.Style = .plain) -> Line {
        let text = CellText.visible(text)
        return Line(text: width.map { CellText.cut(text, to: $0) } ?? text, style: style)
    }
}
