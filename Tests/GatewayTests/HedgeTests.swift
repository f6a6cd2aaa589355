import Federation
import MonotonicTime
import ProviderSimulators
import Testing
import Upstreams

@testable import image_gateway

@Suite("Second attempts in a whole gateway")
struct HedgeTests {
    /// The first answer waits longer than the test does, so only another attempt can bring the list.
    @Test(
        "A page that hangs is asked for again, and the list is whole long before the first attempt would end",
        arguments: [SimulatedProvider.zenlayer, .huaweiIMS, .tencentCVM]
    )
    func hangs(_ provider: SimulatedProvider) async throws {
        let gateway = try FaultGateway { policy in
            policy.hedge = HedgePolicy(after: .seconds(1))
            policy.callTimeout = .seconds(1_000)
            policy.walkTimeout = .seconds(2_000)
        }
        let node = try gateway.node(provider)
        let fault = "\"provider\":\"\(provider.rawValue)\",\"fault\":\"slow-first-byte\""
        // On a machine so busy that a healthy page takes a second, its second attempt may be the one that hangs,
        // and nobody wins that round.
        for _ in 0..<20 where node.status(now: .now).calls.hedgesWon == 0 {
            node.purge()
            await gateway.setFaults(
                "{\"faults\":[{\(fault),\"after\":1,\"requests\":1,\"delay\":\"900s\"}]}"
            )
            let (answer, _) = try await gateway.ask(until: { gateway.isWhole($0, provider) })
            #expect(gateway.isWhole(answer, provider), "\(answer.text)")
        }
        let counts = node.status(now: .now).calls
        #expect(counts.hedges >= 1 && counts.hedgesWon >= 1, "\(counts)")
    }
}
