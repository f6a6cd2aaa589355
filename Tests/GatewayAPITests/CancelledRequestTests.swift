import HTTPWire
import Testing

@testable import GatewayAPI

@Suite("Requests that nobody waits for any more")
struct CancelledRequestTests {
    @Test("A caller who left is recorded as that: neither a failure of ours nor a problem")
    func left() async throws {
        let cloud = try SampleCloud()
        _ = await cancelled(cloud, "/v1/images")
        _ = await cancelled(cloud, "/v1/images/gmi:us-1:none")
        #expect(cloud.outcomes == [.init(status: 499), .init(status: 499)])
    }

    @Test("Who still waits when a drain ends is told so")
    func drained() async throws {
        let cloud = try SampleCloud()
        cloud.responder.drainEnds()
        let response = await cancelled(cloud, "/v1/images")
        #expect(response.status == 503)
        #expect(response.fields.value(of: "retry-after") == "1")
        #expect(cloud.outcomes == [.init(status: 503, problem: "draining")])
    }

    private func cancelled(_ cloud: SampleCloud, _ target: String) async -> HTTPResponse {
        await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await cloud.get(target)
        }.value
    }
}
