import MonotonicTime
import Testing

@Suite("The monotonic clock")
struct MonotonicClockTests {
    @Test("It goes on, never back, and as fast as the standard library's")
    func goesOn() {
        let (ours, theirs) = (MonotonicClock.now, ContinuousClock.now)
        var last = ours
        for _ in 0..<1_000 {
            let now = MonotonicClock.now
            #expect(now >= last)
            last = now
        }
        let inner = ours.duration(to: MonotonicClock.now)
        let outer = theirs.duration(to: ContinuousClock.now)
        #expect(inner > .zero && inner <= outer + .milliseconds(1))
    }

    @Test(
        "Durations are added and found again, to the nanosecond",
        arguments: [
            .zero, .nanoseconds(1), .nanoseconds(-1), .seconds(9), .seconds(10), .seconds(-100),
            .seconds(4_722), .nanoseconds(4_722_366_482_869), .nanoseconds(4_722_366_482_870),
            .seconds(86_400 * 365),
        ] as [Duration]
    )
    func sums(_ duration: Duration) {
        let begin = MonotonicClock.Instant(nanoseconds: 1_234_567_890_123)
        #expect(begin.duration(to: begin + duration) == duration)
        #expect(begin + duration - duration == begin)
        #expect((begin < begin + duration) == (duration > .zero))
    }

    @Test("What is too far away to be told is as far as can be")
    func bounds() {
        let begin = MonotonicClock.Instant(nanoseconds: 1)
        #expect(begin + .seconds(Int64.max) == .init(nanoseconds: .max))
        #expect(begin - .seconds(Int64.max) < .init(nanoseconds: .min + 2))
        let (least, most) = (
            MonotonicClock.Instant(nanoseconds: .min), MonotonicClock.Instant(nanoseconds: .max)
        )
        #expect(least.duration(to: most) == .nanoseconds(Int64.max))
        #expect(most.duration(to: least) == .nanoseconds(Int64.min))
    }
}
