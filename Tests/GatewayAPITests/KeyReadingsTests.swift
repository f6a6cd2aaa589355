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

    @Test("Strangers have the keys read five times, then every five seconds, never twice a second")
    mutating func budget() {
        for second in 0..<5 {
            #expect(ask("a\(second)", at: Double(second)) == .allowed)
            #expect(ask("b\(second)", at: Double(second) + 0.5) == .tooEarly(rest: .seconds(0.5)))
        }
        let allowed = (5..<305).filter { ask("d\($0)", at: Double($0)) == .allowed }
        #expect((59...62).contains(allowed.count), "\(allowed)")
    }

    @Test("A key that a reading was for is not looked for again within five seconds")
    mutating func sameKey() {
        #expect(ask("a", at: 0) == .allowed)
        #expect(ask("a", at: 0.5) == .tooEarly(rest: .seconds(0.5)))
        readings.succeed(for: "a", at: start)
        for second in 1..<5 { #expect(ask("a", at: Double(second)) == .needless) }
        #expect(ask("b", at: 4) == .allowed)
        #expect(ask("a", at: 5) == .allowed)
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
        for index in 0..<1_000 { readings.succeed(for: "\(index)", at: start) }
        let known = (0..<1_000).filter { ask("\($0)", at: 0) == .needless }
        #expect((1...64).contains(known.count))
        #expect(known.contains(999))
    }
}
