import Testing
import Upstreams

@Suite struct CallTimesTests {
    @Test("Nothing is unusual before enough was seen; then it is three times the usual")
    func median() {
        var times = CallTimes()
        for _ in 0..<CallTimes.leastCount - 1 { times.note(.milliseconds(40)) }
        #expect(times.unusual == nil)
        times.note(.milliseconds(40))
        #expect(times.unusual == .milliseconds(120))
    }

    @Test("A few slow calls do not move it, and it follows the last ones")
    func robust() {
        var times = CallTimes()
        for index in 0..<64 {
            times.note(index.isMultiple(of: 4) ? .seconds(9) : .milliseconds(20))
        }
        #expect(times.unusual == .milliseconds(60))
        for _ in 0..<64 { times.note(.milliseconds(30)) }
        #expect(times.unusual == .milliseconds(90))
    }

    @Test("Quick calls are never made twice early, and absurd times never trap")
    func bounds() {
        var times = CallTimes()
        for _ in 0..<16 { times.note(.microseconds(100)) }
        #expect(times.unusual == CallTimes.least)
        for _ in 0..<64 { times.note(.seconds(Int64.max)) }
        for _ in 0..<64 { times.note(.seconds(-5)) }
        #expect(times.unusual == CallTimes.least)
    }
}
