import Testing

@testable import Observability

struct TraceContextTests {
    private let valid = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("A traceparent is read and written unchanged")
    func roundTrip() throws {
        let context = try #require(TraceContext(traceparent: valid))
        #expect(context.traceparent == valid)
        #expect(context.traceID.description == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.spanID == 0x00f0_67aa_0ba9_02b7)
        #expect(context.isSampled)
    }

    @Test(
        "What breaks the form is refused",
        arguments: [
            "", "00", "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
            "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
            "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            " 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0",
        ]
    )
    func malformed(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("Every truncation and every byte that is not of the form is refused")
    func everyByte() {
        let bytes = Array(valid.utf8)
        for end in 0..<bytes.count {
            #expect(
                TraceContext(traceparent: String(decoding: bytes[..<end], as: UTF8.self)) == nil
            )
        }
        for index in bytes.indices {
            for wrong in [UInt8(ascii: "g"), UInt8(ascii: "/"), UInt8(ascii: "A"), 0] {
                var broken = bytes
                broken[index] = wrong
                #expect(TraceContext(traceparent: String(decoding: broken, as: UTF8.self)) == nil)
            }
        }
    }

    @Test("A later version is read as far as version 00 goes, and unknown flags are not passed on")
    func laterVersion() throws {
        let later = "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-ff-what-the-future"
        let context = try #require(TraceContext(traceparent: later))
        #expect(context.traceparent == valid)
    }

    @Test("A child keeps trace and sampling and has a span of its own, decided by the seed")
    func child() throws {
        let parent = try #require(TraceContext(traceparent: valid))
        var generator = SeededGenerator(seed: 7)
        var same = SeededGenerator(seed: 7)
        let child = parent.child(using: &generator)
        #expect(child.traceID == parent.traceID)
        #expect(child.isSampled)
        #expect(child.spanID != parent.spanID)
        #expect(child == parent.child(using: &same))
        #expect(child != parent.child(using: &same))
    }

    @Test("A new trace has ids that can be read again, even where the generator yields zeros first")
    func newTrace() throws {
        var zeros = ZerosFirst(count: 4)
        let context = TraceContext(using: &zeros, isSampled: false)
        #expect(TraceContext(traceparent: context.traceparent) == context)
        #expect(context.traceparent.hasSuffix("-00"))
    }

    private struct ZerosFirst: RandomNumberGenerator {
        var count: Int

        mutating func next() -> UInt64 {
            count -= 1
            return count < 0 ? 9 : 0
        }
    }
}
