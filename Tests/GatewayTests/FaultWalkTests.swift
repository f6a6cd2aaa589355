import Federation
import Glibc
import JSONText
import ProviderSimulators
import Testing
import Upstreams

@testable import image_gateway

/// Every fault over every provider, against a gateway over sockets: what it answers, in what time, whom it names,
/// what the others give meanwhile, and how soon it is over afterwards.
@Suite(.serialized, .enabled(if: getenv("IMAGE_GATEWAY_FAULTS") != nil)) struct FaultWalkTests {
    /// Beyond the promised time, for a machine that does other things too; `IMAGE_GATEWAY_CALM` takes it away.
    private static let slack: Duration =
        getenv("IMAGE_GATEWAY_CALM") == nil ? .seconds(2) : .milliseconds(50)

    /// What a walk over many cases saw at worst.
    private struct Figures: Sendable {
        var cases = 0
        var longestAnswer = Duration.zero
        var longestRecovery = Duration.zero

        mutating func add(_ other: Figures) {
            cases += other.cases
            longestAnswer = max(longestAnswer, other.longestAnswer)
            longestRecovery = max(longestRecovery, other.longestRecovery)
        }

        func tell(_ what: String) {
            print(
                "seen: \(cases) \(what), answered within \(longestAnswer.milliseconds) ms of "
                    + "\(FaultGateway.requestDeadline.milliseconds), whole again within "
                    + "\(longestRecovery.milliseconds) ms, breaker interval \(FaultGateway.openFor.milliseconds) ms"
            )
        }
    }

    @Test(
        "Every fault on every provider is named in time while the others answer, and ends with it"
    )
    func alone() async throws {
        let figures = try await withThrowingTaskGroup(of: Figures.self) { group in
            for provider in SimulatedProvider.allCases {
                group.addTask {
                    let gateway = try FaultGateway()
                    try await gateway.warmUp()
                    var figures = Figures()
                    for fault in FaultCase.all {
                        figures.add(try await Self.suffer([(fault, provider)], gateway))
                    }
                    return figures
                }
            }
            return try await group.reduce(into: Figures()) { $0.add($1) }
        }
        figures.tell("faults, one at a time")
    }

    @Test("Two faults at a time, on two providers and on one")
    func pairs() async throws {
        let gateway = try FaultGateway()
        try await gateway.warmUp()
        var figures = Figures()
        let cases = FaultCase.all
        let providers = SimulatedProvider.allCases
        for index in 0..<24 {
            let first = (cases[index * 7 % cases.count], providers[index % 5])
            let second = (
                cases[(index * 11 + 3) % cases.count], providers[(index + 1 + index / 5) % 5]
            )
            guard first.1 != second.1 else { continue }
            figures.add(try await Self.suffer([first, second], gateway))
        }
        figures.tell("pairs of faults")
    }

    /// Switches faults on, asks, looks, switches them off and asks until all is well.
    private static func suffer(
        _ faults: [(FaultCase, SimulatedProvider)],
        _ gateway: FaultGateway
    ) async throws -> Figures {
        let what = faults.map { "\($0.0) on \($0.1.rawValue)" }.joined(separator: ", ")
        await gateway.setFaults("[\(faults.map { $0.0.rule($0.1) }.joined(separator: ","))]")
        for (_, provider) in faults { try gateway.node(provider).purge() }
        let answer = try await gateway.ask()
        #expect(answer.status == 200, "\(what): \(answer.status)")
        #expect(answer.time < FaultGateway.requestDeadline + slack, "\(what): \(answer.time)")
        for provider in SimulatedProvider.allCases {
            if let fault = faults.first(where: { $0.1 == provider })?.0 {
                expect(answer, fault, provider)
            } else {
                #expect(gateway.isWhole(answer, provider), "\(what): \(provider) suffers too")
            }
        }
        for word in ["hunter2", "db-internal", "Traceback", "elsewhere", "simulator-secret"] {
            #expect(!answer.text.contains(word), "\(what) tells '\(word)'")
        }
        await gateway.setFaults("[]")
        let (end, recovery) = try await gateway.ask { answer in
            faults.allSatisfy { gateway.isWhole(answer, $0.1) }
        }
        #expect(recovery < max(FaultGateway.openFor, FaultGateway.callTimeout) + slack, "\(what)")
        #expect(
            faults.allSatisfy { gateway.isWhole(end, $0.1) },
            "\(what): \(end.text.suffix(900))"
        )
        return Figures(cases: 1, longestAnswer: answer.time, longestRecovery: recovery)
    }

    private static func expect(
        _ answer: FaultGateway.Answer,
        _ fault: FaultCase,
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
        let isHarmless = fault.harmless.contains(provider)
        let states = isHarmless ? ["fresh"] : fault.states
        #expect(states.contains(state), "\(fault) on \(provider): \(entry)")
        if state == "fresh" {
            #expect(error == nil, "\(fault) on \(provider): \(entry)")
        } else {
            #expect(fault.errors.contains(error ?? ""), "\(fault) on \(provider): \(entry)")
            #expect(answer.body["complete"]?.boolValue == false)
        }
    }
}

extension Duration {
    fileprivate var milliseconds: Int {
        Int(components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000)
    }
}
