import Configuration
import TestKit
import Testing

@testable import image_gateway

/// What a reload says of itself.
@Suite struct ReloadWordsTests {
    private let certificates: TestCertificates

    init() throws {
        certificates = try TestCertificates()
        try certificates.make("first")
    }

    private static let upstreams = """
        upstreams: [{ id: "a", provider: "gmi", endpoint: "http://127.0.0.1:1",
                      credentials: { token: "x" } }]
        """

    private var secure: String {
        """
        listen: { tls: { certificate: "\(certificates.certificate("first"))",
                         key: "\(certificates.key("first"))" } },
        \(Self.upstreams)
        """
    }

    private func reload(_ gateway: TestGateway, _ text: String) throws -> String {
        try gateway.gateway.replace(try TestGateway.load("{ \(text) }"))
    }

    @Test("Certificates that were renewed under the same names are said to be")
    func renewed() throws {
        let gateway = try TestGateway(secure)
        #expect(try reload(gateway, secure) == "nothing changed")
        try certificates.make("first")
        #expect(try reload(gateway, secure) == "listen.tls (renewed)")
        #expect(try reload(gateway, secure) == "nothing changed")
        try certificates.make("first")
        #expect(try reload(gateway, "loops: 2, \(secure)").hasSuffix("; listen.tls (renewed)"))
    }

    @Test("Authorities of an upstream that were replaced under the same name change it")
    func authorities() throws {
        let text = """
            upstreams: [{ id: "a", provider: "gmi", endpoint: "https://127.0.0.1:1",
                          credentials: { token: "x" },
                          tls: { ca_file: "\(certificates.certificate("first"))" } }]
            """
        let gateway = try TestGateway(text)
        #expect(try reload(gateway, text) == "nothing changed")
        try certificates.make("first")
        #expect(try reload(gateway, text).contains("a (tls)"))
        #expect(try reload(gateway, text) == "nothing changed")
    }

    @Test("Whether there is TLS waits for a restart, and the rest of the file does not")
    func toggled() throws {
        let plain = try TestGateway(Self.upstreams)
        let change = try reload(
            plain,
            "cursor_key: \"\(String(repeating: "5a", count: 32))\", \(secure)"
        )
        #expect(change == "cursor_key; listen.tls (after a restart)")
        #expect(try reload(plain, Self.upstreams) == "cursor_key; listen.tls (again as it runs)")
        let encrypted = try TestGateway(secure)
        #expect(try reload(encrypted, Self.upstreams) == "listen.tls (after a restart)")
        #expect(try reload(encrypted, Self.upstreams) == "listen.tls (after a restart)")
    }
}
