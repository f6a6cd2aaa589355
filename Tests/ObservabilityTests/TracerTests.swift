import Testing

@testable import Observability

struct TracerTests {
    private let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    private let unsampled = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00"

    private func end(_ trace: ActiveTrace?) {
        trace?.end("work", .internal, start: 1, duration: .zero)
    }

    @Test("Off, nothing begins; a caller's context is passed on under a new id and leaves no span")
    func off() throws {
        let tracer = Tracer(seed: 1)
        #expect(!tracer.isOn && tracer.begin() == nil)
        let trace = try #require(tracer.begin(traceparent: parent, state: ["a=1", "b=2"]))
        #expect(trace.context.traceID.description == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(trace.parentID == 0x00f0_67aa_0ba9_02b7)
        #expect(trace.context.spanID != 0x00f0_67aa_0ba9_02b7)
        #expect(trace.context.isSampled && trace.state?.value == "a=1,b=2")
        end(trace)
        #expect(tracer.queue.count == 0)
    }

    @Test("A caller's decision stands whatever the ratio", arguments: [0.0, 1.0])
    func decision(ratio: Double) {
        let tracer = Tracer(seed: 1)
        tracer.setRatio(ratio)
        end(tracer.begin(traceparent: unsampled, state: []))
        #expect(tracer.queue.count == 0)
        end(tracer.begin(traceparent: parent, state: []))
        #expect(tracer.queue.count == 1)
    }

    @Test("Without a caller's context, or with a broken one, the ratio decides")
    func ratio() {
        let tracer = Tracer(seed: 1)
        tracer.setRatio(0)
        for _ in 0..<100 { #expect(tracer.begin(traceparent: "broken", state: []) == nil) }
        tracer.setRatio(1)
        for _ in 0..<100 { #expect(tracer.begin(traceparent: nil, state: [])?.isRecorded == true) }
        tracer.setRatio(0.25)
        let count = (0..<10_000).count { _ in tracer.begin() != nil }
        #expect((2_200...2_800).contains(count))
    }

    @Test("Samples at the edges of the threshold")
    func edges() {
        let tracer = Tracer(seed: 1)
        tracer.setRatio(0.5)
        #expect(tracer.samples(0x7FFF_FFFF_0000_0000) && !tracer.samples(0x8000_0000_0000_0000))
        tracer.setRatio(1)
        #expect(tracer.samples(.max))
        tracer.setRatio(0)
        #expect(!tracer.samples(0))
        tracer.setRatio(nil)
        #expect(!tracer.samples(0))
    }

    @Test("A child is of the same trace, names its parent and carries the state on")
    func child() throws {
        let tracer = Tracer(seed: 7)
        let trace = try #require(tracer.begin(traceparent: parent, state: ["k=v"]))
        let child = trace.child()
        #expect(child.context.traceID == trace.context.traceID)
        #expect(child.parentID == trace.context.spanID)
        #expect(child.context.spanID != trace.context.spanID)
        #expect(child.state == trace.state)
    }

    @Test("A queue takes as many spans as its bound says, and counts what it drops")
    func bound() {
        let context = TraceContext(traceparent: parent)
        let queue = SpanQueue(spanCountMax: 3)
        let arrivals = Counter()
        queue.whenFirstArrives { arrivals.add() }
        for number in 1...4 {
            guard let context else { return }
            queue.add(TraceSpan("\(number)", .server, context, start: 0, duration: .zero))
            #expect(queue.count == min(number, 3))
            #expect(queue.droppedCount == max(0, number - 3))
        }
        #expect(arrivals.value == 1)
        #expect(queue.take(2).map(\.name) == ["1", "2"])
        #expect(queue.take(2).map(\.name) == ["3"])
        #expect(queue.take(2).isEmpty)
    }

    @Test("A state is passed on within its bounds, else dropped alone")
    func state() {
        #expect(TraceState(lines: []) == nil)
        #expect(TraceState(lines: ["", ""]) == nil)
        #expect(TraceState(lines: ["a=1", "", "b=2"])?.value == "a=1,b=2")
        let full = "a=" + String(repeating: "x", count: TraceState.bytesMax - 2)
        #expect(TraceState(lines: [full]) != nil && TraceState(lines: [full + "x"]) == nil)
        let many = (0..<TraceState.memberCountMax).map { "k\($0)=1" }
        #expect(TraceState(lines: many) != nil && TraceState(lines: many + ["z=1"]) == nil)
        for bad in ["a=\u{7F}", "a=\r\nx: y", "a=é"] { #expect(TraceState(lines: [bad]) == nil) }
    }
}
