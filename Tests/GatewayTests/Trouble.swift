import Federation
import JSONText
import ProviderSimulators
import Testing

@testable import image_gateway

/// Something goes wrong with some providers: how it is switched on and off, and what their entries must say then.
struct Trouble {
    let name: String
    let expected: [SimulatedProvider: ExpectedEntry]
    let set: (_ isOn: Bool) async throws -> Void

    /// Faults of the simulators.
    init(_ faults: [(FaultCase, SimulatedProvider)], _ gateway: FaultGateway) {
        name = faults.map { "\($0.0) on \($0.1.rawValue)" }.joined(separator: ", ")
        // Named for a provider that cannot suffer it, a fault is refused.
        let felt = faults.filter { $0.0.fault.sufferers.contains($0.1) }
        var expected: [SimulatedProvider: ExpectedEntry] = [:]
        for provider in faults.map(\.1) {
            let cases = felt.filter { $0.1 == provider }.map(\.0)
            expected[provider] = FaultCase.expected(of: cases, on: provider) ?? .fresh
        }
        self.expected = expected
        let rules = felt.map { $0.0.rule($0.1) }.joined(separator: ",")
        set = { await gateway.setFaults($0 ? "[\(rules)]" : "[]") }
    }

    /// What befalls one provider's endpoint.
    init(
        _ name: String,
        _ provider: SimulatedProvider,
        _ error: String,
        _ detail: String,
        _ set: @escaping (_ isOn: Bool) async throws -> Void
    ) {
        self.name = "\(name) on \(provider.rawValue)"
        expected = [
            provider: ExpectedEntry(states: ["failed"], errors: [error], detail: detail)
        ]
        self.set = set
    }

    /// Switches it on, asks, looks, switches it off and asks until all is well. Without `slack` times say nothing.
    func suffer(_ gateway: FaultGateway, _ slack: Duration?) async throws -> TroubleFigures {
        try await set(true)
        for provider in expected.keys { try gateway.node(provider).purge() }
        let answer = try await gateway.ask()
        #expect(answer.status == 200, "\(name): \(answer.status)")
        if let slack {
            #expect(answer.time < FaultGateway.requestDeadline + slack, "\(name): \(answer.time)")
        }
        for provider in SimulatedProvider.allCases {
            if let expected = expected[provider] {
                expect(answer, expected, provider)
            } else {
                #expect(gateway.isWhole(answer, provider), "\(name): \(provider) suffers too")
            }
        }
        for word in ["hunter2", "db-internal", "Traceback", "elsewhere", "simulator-secret"] {
            #expect(!answer.text.contains(word), "\(name) tells '\(word)'")
        }
        try await set(false)
        let (end, recovery) = try await gateway.ask { answer in
            expected.keys.allSatisfy { gateway.isWhole(answer, $0) }
        }
        if let slack {
            let interval = max(FaultGateway.openFor, FaultGateway.callTimeout)
            #expect(recovery < interval + slack, "\(name): \(recovery)")
        }
        #expect(
            expected.keys.allSatisfy { gateway.isWhole(end, $0) },
            "\(name): \(end.text.suffix(900))"
        )
        return TroubleFigures(cases: 1, longestAnswer: answer.time, longestRecovery: recovery)
    }

    private func expect(
        _ answer: FaultGateway.Answer,
        _ expected: ExpectedEntry,
        _ provider: SimulatedProvider
    ) {
        guard let entry = answer.entry(provider) else {
            Issue.record("\(provider) is not among the upstreams")
            return
        }
        let state = entry["state"]?.stringValue ?? ""
        let error = entry["error"]?["type"]?.stringValue?.split(separator: ":").last.map(
            String.init
        )
        #expect(expected.states.contains(state), "\(name): \(entry)")
        if state == "fresh" {
            #expect(error == nil, "\(name): \(entry)")
        } else {
            #expect(expected.errors.contains(error ?? ""), "\(name): \(entry)")
            let detail = entry["error"]?["detail"]?.stringValue ?? ""
            let isTold = expected.detail.isEmpty || detail.contains(expected.detail)
            #expect(isTold, "\(name): \(detail)")
            #expect(answer.body["complete"]?.boolValue == false)
        }
    }
}
