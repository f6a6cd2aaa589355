import ProviderSimulators
import Testing
import Upstreams

/// Each fault once beside the whole suite, where times say nothing; `FaultWalkTests` take each to every provider.
@Suite struct FaultSliceTests {
    @Test("No fault of the simulators is left out")
    func completeness() {
        #expect(Set(FaultCase.all.map(\.fault)) == Set(Fault.allCases))
    }

    @Test(
        "Each fault of one provider or another is named while the others answer, and ends",
        arguments: [true, false]
    )
    func once(_ isPatient: Bool) async throws {
        let gateway = try FaultGateway(isPatient: isPatient) { policy in
            policy.breakerOpenFor = .milliseconds(1)
        }
        try await gateway.warmUp()
        // Whom patience does not help answers late or never, on a busy machine as on any other.
        let cases = FaultCase.all.filter { $0.errors.contains("deadline-exceeded") != isPatient }
        for (index, fault) in cases.enumerated() {
            let providers = SimulatedProvider.allCases.filter { !fault.harmless.contains($0) }
            let provider = providers[index % providers.count]
            _ = try await Trouble([(fault, provider)], gateway).suffer(gateway, nil)
        }
    }
}
