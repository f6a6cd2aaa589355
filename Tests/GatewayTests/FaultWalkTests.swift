import Federation
import Glibc
import JSONText
import ProviderSimulators
import TestKit
import Testing
import Upstreams

@testable import image_gateway

/// Every fault over every provider, against a gateway over sockets: what it answers, in what time, whom it names,
/// what the others give meanwhile, and how soon it is over afterwards.
@Suite(.serialized, .enabled(if: getenv("IMAGE_GATEWAY_FAULTS") != nil)) struct FaultWalkTests {
    /// Beyond the promised time, for a machine that does other things too; `IMAGE_GATEWAY_CALM` takes it away.
    private static let slack: Duration =
        getenv("IMAGE_GATEWAY_CALM") == nil ? .seconds(2) : .milliseconds(50)

    /// Goes through the troubles of each provider, each with a gateway of its own.
    private static func walk(
        _ body: @escaping @Sendable (SimulatedProvider, FaultGateway) async throws -> TroubleFigures
    ) async throws -> TroubleFigures {
        try await withThrowingTaskGroup(of: TroubleFigures.self) { group in
            for provider in SimulatedProvider.allCases {
                group.addTask {
                    let gateway = try FaultGateway()
                    try await gateway.warmUp()
                    return try await body(provider, gateway)
                }
            }
            return try await group.reduce(into: TroubleFigures()) { $0.add($1) }
        }
    }

    @Test(
        "Every fault on every provider is named in time while the others answer, and ends with it"
    )
    func alone() async throws {
        let figures = try await Self.walk { provider, gateway in
            var figures = TroubleFigures()
            for fault in FaultCase.all {
                let trouble = Trouble([(fault, provider)], gateway)
                figures.add(try await trouble.suffer(gateway, Self.slack))
            }
            return figures
        }
        figures.tell("faults, one at a time")
    }

    @Test("Two faults at a time, on two providers")
    func pairs() async throws {
        let gateway = try FaultGateway()
        try await gateway.warmUp()
        var figures = TroubleFigures()
        let cases = FaultCase.all
        let providers = SimulatedProvider.allCases
        for index in 0..<24 {
            let first = (cases[index * 7 % cases.count], providers[index % 5])
            let second = (
                cases[(index * 11 + 3) % cases.count], providers[(index + 1 + index / 5 % 4) % 5]
            )
            figures.add(try await Trouble([first, second], gateway).suffer(gateway, Self.slack))
        }
        #expect(figures.cases == 24)
        figures.tell("pairs of faults on two providers")
    }

    @Test("Two faults at a time, on one provider: each fault above one and below another")
    func pairsOnOne() async throws {
        let figures = try await Self.walk { provider, gateway in
            let cases = FaultCase.all
            // Another partner on each provider.
            let step = 5 + 7 * (SimulatedProvider.allCases.firstIndex(of: provider) ?? 0)
            var figures = TroubleFigures()
            for index in cases.indices {
                let pair = [cases[index], cases[(index + step) % cases.count]]
                guard pair[0].fault != pair[1].fault else { continue }
                let trouble = Trouble(pair.map { ($0, provider) }, gateway)
                figures.add(try await trouble.suffer(gateway, Self.slack))
            }
            return figures
        }
        #expect(figures.cases >= 5 * (FaultCase.all.count - 1))
        figures.tell("pairs of faults on one provider")
    }

    @Test("A wrong certificate and a name that does not resolve, on every provider")
    func endpoints() async throws {
        let certificates = try TestCertificates()
        try certificates.make("good", for: "127.0.0.1")
        try certificates.make("other", for: "10.1.2.3")
        try certificates.makeExpired("expired", for: "127.0.0.1")
        let authority = certificates.certificate("authority")
        let figures = try await Self.walk { provider, gateway in
            let simulator = gateway.simulators.servers.simulator
            let door = try SecureDoor(simulator.door(of: provider), certificates)
            let origin = try await door.show("good")
            try gateway.move(provider, to: origin, authority: authority)
            try await gateway.warmUp()
            let troubles = [
                Trouble("an expired certificate", provider, "tls-failed", "expired") {
                    _ = try await door.show($0 ? "expired" : "good")
                },
                Trouble("another's certificate", provider, "tls-failed", "another host name") {
                    _ = try await door.show($0 ? "other" : "good")
                },
                Trouble("no such name", provider, "name-resolution-failed", "host name") {
                    let place = $0 ? "http://nobody.invalid" : origin
                    try gateway.move(provider, to: place, authority: authority)
                },
            ]
            var figures = TroubleFigures()
            for trouble in troubles { figures.add(try await trouble.suffer(gateway, Self.slack)) }
            door.close()
            return figures
        }
        #expect(figures.cases == 15)
        figures.tell("wrong certificates and names")
    }
}
