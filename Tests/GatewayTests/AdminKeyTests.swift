import Configuration
import Observability
import Testing

@testable import image_gateway

@Suite struct AdminKeyTests {
    private func admin(_ address: String, _ key: String?) throws -> AdminConfiguration {
        AdminConfiguration(address: try ListenAddress(address), key: key.map { Redacted($0) })
    }

    @Test("A reload takes a new key over at once, and never opens a port that is bound for others")
    func reload() throws {
        let open = try admin("0.0.0.0:8081", "old")
        func key(after new: AdminConfiguration?) -> String? {
            Gateway.adminKey(open, new).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(key(after: try admin("0.0.0.0:8081", "new")) == "new")
        #expect(key(after: try admin("127.0.0.1:8081", "new")) == "new")
        // Loopback needs no key, but until the restart it is the old address that answers.
        #expect(key(after: try admin("127.0.0.1:8081", nil)) == "old")
        #expect(key(after: nil) == "old")
        let local = try admin("127.0.0.1:8081", "old")
        #expect(Gateway.adminKey(local, try admin("127.0.0.1:8081", nil)) == nil)
    }
}
