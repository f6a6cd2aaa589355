import Testing

@testable import Observability

struct MetricsTests {
    @Test("Families are rendered by name, their children by label values, with help and type")
    func text() {
        let registry = MetricsRegistry()
        let requests = registry.counter("requests_total", "Answers.", labels: ["route", "status"])
        requests.with("images", "500").add()
        requests.with("images", "200").add(41)
        requests.with("images", "200").add()
        let open = registry.gauge("connections", "Open connections.")
        open.with().set(3)
        open.with().add(-0.5)
        registry.gauge("age_seconds", "Age.") { 12 }
        #expect(
            render(registry) == """
                # HELP age_seconds Age.
                # TYPE age_seconds gauge
                age_seconds 12
                # HELP connections Open connections.
                # TYPE connections gauge
                connections 2.5
                # HELP requests_total Answers.
                # TYPE requests_total counter
                requests_total{route="images",status="200"} 42
                requests_total{route="images",status="500"} 1

                """
        )
    }

    @Test("A histogram's buckets are cumulative, their bounds inclusive, the last one endless")
    func histogram() {
        let registry = MetricsRegistry()
        let bounds: [Duration] = [.milliseconds(1), .milliseconds(250), .seconds(1)]
        let took = registry.histogram("took_seconds", "Time.", labels: ["u"], bounds: bounds).with(
            "a"
        )
        took.observe(.milliseconds(1))
        took.observe(.microseconds(1_001))
        took.observe(.milliseconds(1_500))
        #expect(
            render(registry) == """
                # HELP took_seconds Time.
                # TYPE took_seconds histogram
                took_seconds_bucket{u="a",le="0.001"} 1
                took_seconds_bucket{u="a",le="0.25"} 2
                took_seconds_bucket{u="a",le="1"} 2
                took_seconds_bucket{u="a",le="+Inf"} 3
                took_seconds_sum{u="a"} 1.502001
                took_seconds_count{u="a"} 3

                """
        )
    }

    @Test("Whoever counts alone counts the same")
    func alone() {
        let (counter, alone) = (Counter(), Counter())
        let (histogram, aloneHistogram) = (Histogram(), Histogram())
        for milliseconds in 0..<20 {
            counter.add(milliseconds)
            alone.addAlone(milliseconds)
            histogram.observe(.milliseconds(milliseconds))
            aloneHistogram.observeAlone(.milliseconds(milliseconds))
        }
        #expect(alone.value == counter.value)
        #expect(aloneHistogram.snapshot == histogram.snapshot)
    }

    @Test("A histogram of plain numbers shows them as they are", arguments: [99, 100, 101])
    func sizes(value: Int) {
        let histogram = Histogram(bounds: [100])
        histogram.observe(value)
        #expect(histogram.snapshot.buckets == [.init(bound: 100, count: value <= 100 ? 1 : 0)])
        #expect(histogram.snapshot.count == 1)
        #expect(histogram.snapshot.sum == Double(value))
    }

    @Test("Help and label values are escaped as the format demands")
    func escaping() {
        let registry = MetricsRegistry()
        registry.counter("c_total", "a\\b\n\"c\"", labels: ["l"]).with("a\\b\n\"c\"").add()
        #expect(
            render(registry) == """
                # HELP c_total a\\\\b\\n"c"
                # TYPE c_total counter
                c_total{l="a\\\\b\\n\\"c\\""} 1

                """
        )
    }

    @Test("Numbers that are none have their own spelling")
    func specialNumbers() {
        let registry = MetricsRegistry()
        registry.gauge("a", "A.") { .nan }
        registry.gauge("b", "B.") { .infinity }
        registry.gauge("c", "C.") { -.infinity }
        let samples = render(registry).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(samples == ["a NaN", "b +Inf", "c -Inf"])
    }

    @Test("A family without children is not rendered")
    func empty() {
        let registry = MetricsRegistry()
        _ = registry.counter("c_total", "C.", labels: ["l"])
        #expect(render(registry).isEmpty)
    }

    @Test("Beyond the bound, new combinations share one child", arguments: [2, 3, 4])
    func childBound(count: Int) {
        let registry = MetricsRegistry()
        let family = registry.counter("c_total", "C.", labels: ["l"], childCountMax: 3)
        for index in 0..<count { family.with("\(index)").add() }
        for index in 0..<count { family.with("\(index)").add() }
        let others = max(0, count - 3)
        #expect(family.sorted.count == min(count, 3) + min(1, others))
        #expect(family.sorted.flatMap(\.parts).map(\.value).reduce(0, +) == UInt64(2 * count))
        #expect(others == 0 || family.with("other").value == UInt64(2 * others))
    }

    @Test("Parts of a metric are shown as their sum")
    func parts() {
        let registry = MetricsRegistry()
        let counts = registry.counter("c_total", "C.", labels: ["l"])
        counts.part("a").add(2)
        counts.part("a").add(3)
        let open = registry.gauge("g", "G.")
        open.part().set(4)
        open.part().set(-1)
        let took = registry.histogram("h_seconds", "H.", bounds: [.seconds(1), .seconds(2)])
        took.part().observe(.seconds(1))
        took.part().observe(.seconds(2))
        took.part().observe(.seconds(3))
        let samples = render(registry).split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(
            samples == [
                "c_total{l=\"a\"} 5", "g 3", "h_seconds_bucket{le=\"1\"} 1",
                "h_seconds_bucket{le=\"2\"} 2", "h_seconds_bucket{le=\"+Inf\"} 3",
                "h_seconds_sum 6", "h_seconds_count 3",
            ]
        )
    }

    @Test("A removed child is shown no more and begins again from zero")
    func removal() {
        let registry = MetricsRegistry()
        let family = registry.counter("c_total", "C.", labels: ["l"])
        family.with("old").add(7)
        family.with("kept").add(1)
        family.remove { $0 == ["old"] }
        #expect(!render(registry).contains("old"))
        #expect(family.with("old").value == 0)
        #expect(family.with("kept").value == 1)
    }

    @Test(
        "A family from elsewhere is read at each rendering, as far as its bound",
        arguments: [1, 2, 3]
    )
    func collected(count: Int) {
        let registry = MetricsRegistry()
        registry.collected(.counter, "c_total", "C.", labels: ["l"], sampleCountMax: 2) {
            (0..<count).map { MetricSample(Double($0), "\"\($0)") }
        }
        let lines = render(registry).split(separator: "\n")
        #expect(lines.prefix(2) == ["# HELP c_total C.", "# TYPE c_total counter"])
        #expect(lines.dropFirst(2).first == "c_total{l=\"\\\"0\"} 0")
        #expect(lines.count == 2 + min(count, 2))
    }

    @Test("A label's value is cut at its bound", arguments: [127, 128, 129])
    func labelBound(count: Int) {
        let family = MetricsRegistry().counter("c_total", "C.", labels: ["l"])
        _ = family.with(String(repeating: "x", count: count))
        #expect(family.sorted.first?.values.first?.utf8.count == min(count, 128))
    }

    @Test("Nothing is lost when many tasks count at once")
    func concurrency() async {
        let registry = MetricsRegistry()
        let counter = registry.counter("c_total", "C.").with()
        let gauge = registry.gauge("g", "G.").with()
        let histogram = registry.histogram("h_seconds", "H.").with()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for _ in 0..<1_000 {
                        counter.add()
                        gauge.add(1)
                        histogram.observe(.milliseconds(3))
                    }
                }
            }
        }
        #expect(counter.value == 4_000)
        #expect(gauge.value == 4_000)
        #expect(histogram.snapshot.count == 4_000)
        #expect(histogram.snapshot.sum == 12)
    }

    private func render(_ registry: MetricsRegistry) -> String {
        String(decoding: registry.render(), as: UTF8.self)
    }
}
