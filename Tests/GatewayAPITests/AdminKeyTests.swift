import HTTPWire
import Testing

@testable import GatewayAPI

@Suite("The admin key")
struct AdminKeyTests {
    private func status(
        _ admin: AdminResponder,
        _ target: String,
        _ fields: [HTTPField] = []
    ) async -> Int {
        await admin.respond(to: HTTPRequest(target: target, fields: fields)).status
    }

    @Test("The key in force is needed on every route but the probes, and no part of it will do")
    func keys() async throws {
        let gateway = try SampleGateway()
        let admin = gateway.admin
        #expect(await status(admin, "/metrics") == 200)
        for key in ["first", "second"] {
            admin.replace(gateway.responder.service, key: Array(key.utf8))
            for target in ["/metrics", "/v1/upstreams", "/v1/config:reload", "/v1/nothing"] {
                for wrong in ["", "f", "firs", "First", "first ", "third", "second1"] {
                    let fields = [HTTPField("authorization", "Bearer \(wrong)")]
                    #expect(await status(admin, target, fields) == 401, "\(target) \(wrong)")
                }
                #expect(await status(admin, target) == 401)
            }
            let other = key == "first" ? "second" : "first"
            #expect(await status(admin, "/metrics", [HTTPField("x-api-key", key)]) == 200)
            #expect(await status(admin, "/metrics", [HTTPField("x-api-key", other)]) == 401)
            #expect(await status(admin, "/healthz") == 200)
        }
    }
}
