import HTTPWire
import MonotonicTime
import Testing

@testable import GatewayAPI

@Suite("Admission")
struct AdmissionTests {
    private let now = MonotonicClock.now

    @Test("As many as allowed may wait; one more is refused until one leaves")
    func cold() throws {
        let admission = Admission(coldRequestsMax: 2)
        try admission.enterCold("a")
        #expect(!admission.isFull)
        try admission.enterCold("a")
        #expect(admission.isFull)
        for _ in 0..<3 {
            #expect(throws: Problem.self) { try admission.enterCold("a") }
        }
        admission.leaveCold("a", lateness: nil, now: now)
        try admission.enterCold("a")
        #expect(throws: Problem.self) { try admission.enterCold("a") }
    }

    @Test(
        "A caller passes the cache five times at once, then once a second; others are not affected"
    )
    func revalidation() throws {
        let admission = Admission(coldRequestsMax: 1)
        for _ in 0..<5 { try admission.checkRevalidation(of: "a", now: now) }
        do throws(Problem) {
            try admission.checkRevalidation(of: "a", now: now)
            Issue.record("the sixth passed")
        } catch {
            #expect(error.status == 429)
            #expect(error.fields.first { $0.name == "retry-after" }?.value == "1")
        }
        try admission.checkRevalidation(of: "b", now: now)
        try admission.checkRevalidation(of: "a", now: now + .seconds(1))
    }

    @Test("The callers that are remembered are bounded, and nobody is refused for it")
    func callers() throws {
        let admission = Admission(coldRequestsMax: 1)
        for index in 0..<10_000 { try admission.checkRevalidation(of: "c\(index)", now: now) }
    }
}
