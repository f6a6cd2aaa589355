import GatewayAPI
import JSONText
import MonotonicTime
import Testing

@testable import image_gateway

@Suite struct TopTests {
    private func reading(
        _ text: String,
        _ upstreams: String = "[]",
        at seconds: Int = 0
    ) throws -> TopReading {
        TopReading(
            metrics: MetricsText(text),
            upstreams: try JSONValue(parsing: Array(upstreams.utf8)).arrayValue ?? [],
            at: MonotonicClock.now.advanced(by: .seconds(seconds))
        )
    }

    @Test("Samples are read with their labels, escapes and all; other lines are passed over")
    func parsing() {
        let text = MetricsText(
            """
            # HELP a b
            a{x="1",y="q\\"\\\\\\n,="} 2
            a{x="2",y=""} 3.5
            plain 7
            nonsense
            broken{x="1" x
            """
        )
        #expect(text.sum("a") == 5.5)
        #expect(text.sum("a", ["x": "1"]) == 2 && text.sum("a", ["y": "q\"\\\n,="]) == 2)
        #expect(text.sum("plain") == 7)
        #expect(text.sum("absent") == nil && text.sum("a", ["x": "3"]) == nil)
    }

    @Test("Rates are differences over time; a counter that fell began anew")
    func rates() throws {
        let interval = TopInterval(
            earlier: try reading("a{l=\"x\"} 10\nb 50\n"),
            later: try reading("a{l=\"x\"} 30\na{l=\"y\"} 5\nb 8\n", at: 10)
        )
        #expect(abs((interval.rate("a") ?? 0) - 2.5) < 0.01)
        #expect(abs((interval.rate("a", ["l": "y"]) ?? 0) - 0.5) < 0.01)
        #expect(abs((interval.rate("b") ?? 0) - 0.8) < 0.01)
        #expect(interval.rate("c") == nil)
    }

    private func histogram(_ counts: [Int]) -> String {
        zip(["0.001", "0.01", "0.1", "+Inf"], counts)
            .map { "h_bucket{t=\"x\",le=\"\($0)\"} \($1)\n" }.joined()
    }

    @Test(
        "Quantiles come from what was observed between two readings, within a bucket by rule of three"
    )
    func quantiles() throws {
        let interval = TopInterval(
            earlier: try reading(histogram([100, 100, 100, 100])),
            later: try reading(histogram([100, 150, 199, 200]), at: 1)
        )
        let median = interval.quantile(0.5, of: "h", ["t": "x"])
        #expect(abs((median ?? 0) - 0.01) < 1e-9)
        let high = try #require(interval.quantile(0.75, of: "h", ["t": "x"]))
        #expect(abs(high - (0.01 + 0.09 * 25 / 49)) < 1e-9)
        // Beyond the last bound nothing is known but that bound.
        #expect(interval.quantile(1, of: "h", ["t": "x"]) == 0.1)
        #expect(interval.quantile(0.5, of: "h", ["t": "y"]) == nil)
        let idle = TopInterval(earlier: interval.later, later: interval.later)
        #expect(idle.quantile(0.5, of: "h", ["t": "x"]) == nil)
    }

    @Test(
        "Figures have three digits and a unit",
        arguments: [
            (0.0, "0"), (5.0, "5"), (0.04, "0.0"), (9.94, "9.9"), (12.0, "12"), (9_999.0, "9999"),
            (12_340.0, "12.3k"), (2_500_000.0, "2.5M"),
        ]
    )
    func figures(value: Double, text: String) {
        #expect(Figure.count(value) == text)
    }

    @Test("Times, ages and bytes in their own units")
    func units() {
        #expect(
            Figure.time(seconds: 0.0000123) == "12 µs" && Figure.time(seconds: 0.25) == "250 ms"
        )
        #expect(Figure.time(seconds: 2.5) == "2.5 s" && Figure.time(seconds: nil) == "-")
        #expect(Figure.age(seconds: 59) == "59s" && Figure.age(seconds: 61) == "1m01s")
        #expect(Figure.age(seconds: 3_700) == "1h01m" && Figure.age(seconds: 90_000) == "1d01h")
        #expect(Figure.bytes(999) == "999 B" && Figure.bytes(27_300_000) == "27 MB")
    }

    private static let upstreams = """
        [{"id":"good","state":"cached","images":60,"age_seconds":12,"ttl_seconds":600,
          "breaker":"closed","enabled":true,"loading":false,"last_error":null},
         {"id":"bad\\u001b[2J","state":"failed","images":null,"age_seconds":null,"ttl_seconds":600,
          "breaker":"open","enabled":true,"loading":false,
          "last_error":{"type":"urn:image-gateway:problem:unauthorized","detail":"it does not accept"}}]
        """

    @Test(
        "A frame shows every upstream, what ails it, and steers no terminal",
        arguments: [nil, 60]
    )
    func frame(width: Int?) throws {
        let interval = TopInterval(earlier: nil, later: try reading("", Self.upstreams))
        let frame = TopFrame(interval, address: "http://127.0.0.1:8081", width: width)
        let text = frame.lines.map(\.text).joined(separator: "\n")
        #expect(text.contains("good") && text.contains("cached") && text.contains("12s"))
        #expect(text.contains("unauthorized") && !text.contains("\u{1B}"))
        let rows = frame.lines.filter { $0.text.hasPrefix("good") || $0.text.hasPrefix("bad") }
        #expect(rows.map(\.style) == [.good, .bad])
        if let width { #expect(frame.lines.allSatisfy { CellText.width($0.text) <= width }) }
    }

    @Test("A frame never has more lines than the screen", arguments: 0...13)
    func height(rows: Int) throws {
        let interval = TopInterval(earlier: nil, later: try reading("", Self.upstreams))
        let frame = TopFrame(interval, address: "x", width: 80)
        #expect(frame.lines.count == 12)
        let shown = frame.lines(height: rows)
        #expect(shown.count == min(rows, 12))
        #expect(rows >= 12 || rows < 2 || shown.last?.text == "… \(13 - rows) more lines")
    }
}
