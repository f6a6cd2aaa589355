import MonotonicTime
import Testing

@testable import GatewayAPI

@Suite("KeyReadings")
struct KeyReadingsTests {
    private let start = MonotonicClock.now
    private var readings: KeyReadings

    init() { readings = KeyReadings(now: start) }

    private mutating func ask(_ keyID: String, at seconds: Double) -> KeyReadings.Verdict {
        readings.ask(for: keyID, hasKeys: true, now: start + .seconds(seconds))
    }

    @Test("Strangers have the keys read five times, then twice a minute, and never twice a second")
    mutating func budget() {
        for second in 0..<5 {
            #expect(ask("a\(second)", at: Double(second)) == .allowed)
            #expect(ask("b\(second)", at: Double(second) + 0.5) == .tooEarly(rest: .seconds(0.5)))
        }
        guard case .tooEarly(let rest) = ask("c", at: 6) else {
            Issue.record("a sixth reading")
            return
        }
        #expect(abs(rest / .seconds(1) - 24) < 0.01)
        let allowed = (7..<307).filter { ask("d\($0)", at: Double($0)) == .allowed }
        #expect(allowed.count == 10, "\(allowed)")
    }

    @Test("A key that a reading was for is not looked for again within half a minute")
    mutating func sameKey() {
        #expect(ask("a", at: 0) == .allowed)
        readings.succeed(at: start)
        readings.note("a", now: start)
        for second in 1..<30 { #expect(ask("a", at: Double(second)) == .needless) }
        #expect(ask("b", at: 29) == .allowed)
        #expect(ask("a", at: 30) == .allowed)
    }

    @Test("Keys that were read a moment ago, whoever had them read, are those of now")
    mutating func current() {
        readings.succeed(at: start)
        #expect(ask("a", at: 0.9) == .needless)
        #expect(ask("a", at: 1) == .allowed)
    }

    @Test("While there are no keys they are read every five seconds, whatever was read before")
    mutating func first() {
        let allowed = (0..<100).filter { second in
            readings.ask(for: "a", hasKeys: false, now: start + .seconds(second)) == .allowed
        }
        #expect(allowed == Array(stride(from: 0, to: 100, by: 5)))
    }

    @Test("However many keys are named, few are remembered")
    mutating func bound() {
        for index in 0..<1_000 { readings.note("\(index)", now: start) }
        let known = (0..<1_000).filter { ask("\($0)", at: 0) == .needless }
        #expect((1...64).contains(known.count))
        #expect(known.contains(999))
    }
}
