import Configuration
import GatewayAPI
import HTTPServing
import TestKit
import Testing

@testable import image_gateway

@Suite("How long a listener's certificate is good")
struct CertificateValidityTests {
    private let certificates: TestCertificates

    init() throws { certificates = try TestCertificates() }

    private func members(_ name: String) -> String {
        let (certificate, key) = (certificates.certificate(name), certificates.key(name))
        let files = "certificate: '\(certificate)', key: '\(key)'"
        return
            "listen: { address: '127.0.0.1:0', tls: {\n\(files) } },\nupstreams: [{ id: 'a', provider: 'aries', endpoint: 'https://a' }]"
    }

    private func warnings(_ name: String) -> [String] {
        let loaded = ConfigurationFile.loader.load(text: "{ \(members(name)) }", file: "F")
        #expect(loaded.configuration != nil)
        return loaded.problems.map(\.description).filter { !$0.contains("cursor_key") }
    }

    @Test("One that has expired or will within two weeks is a warning, with its place")
    func warnings() throws {
        try certificates.make("good", days: 15)
        #expect(warnings("good") == [])
        let start = "F:2:14: warning: listen.tls.certificate:"
        try certificates.make("soon", days: 13)
        #expect(warnings("soon").count == 1)
        #expect(warnings("soon").first?.hasPrefix("\(start) expires at 2") == true)
        try certificates.makeExpired("gone", for: "127.0.0.1")
        #expect(warnings("gone").count == 1)
        #expect(warnings("gone").first?.hasPrefix("\(start) ") == true)
    }

    @Test(
        "Its bounds belong to it",
        arguments: [
            (999, "is not valid before"), (1_000, nil), (2_000_000, "expires at"),
            (2_000_001, "has expired, at"), (2_000_000 - 14 * 86_400 + 1, "expires at"),
            (2_000_000 - 14 * 86_400, nil),
        ] as [(Int64, String?)]
    )
    func bounds(now: Int64, start: String?) {
        let validity = CertificateValidity(begin: 1_000, end: 2_000_000)
        let remark = ConfigurationTrial.validity(validity, now: now)
        #expect(remark.map { $0.hasPrefix(start ?? "-") } ?? (start == nil), "\(remark ?? "")")
    }

    @Test("Metrics say when the served one ends, the renewed one after a reload; none without TLS")
    func gauge() throws {
        try certificates.make("served", days: 15)
        let gateway = try TestGateway(members("served"))
        _ = try gateway.gateway.start { .reloaded(change: "nothing changed") }
        let first = try #require(end(gateway))
        try certificates.make("served", days: 16)
        _ = try gateway.gateway.replace(try TestGateway.load("{ \(members("served")) }"))
        let second = try #require(end(gateway))
        #expect((86_000...87_000).contains(second - first))
        let plain = try TestGateway(
            "listen: { address: '127.0.0.1:0' }, upstreams: [{ id: 'a', provider: 'aries', endpoint: 'https://a' }]"
        )
        _ = try plain.gateway.start { .reloaded(change: "nothing changed") }
        #expect(end(plain) == nil)
    }

    private func end(_ gateway: TestGateway) -> Double? {
        gateway.gateway.metricsText
            .firstMatch(of: /\nimage_gateway_certificate_not_after_seconds ([0-9.e+]+)/)
            .flatMap { Double($0.1) }
    }
}
