import Configuration
import Glibc
import TestKit
import Testing

@testable import image_gateway

/// What is told of a configuration of the right form, because those who would use it could not.
@Suite struct ConfigurationTrialTests {
    private let certificates: TestCertificates
    private let folder = TemporaryFolder()

    init() throws {
        certificates = try TestCertificates()
        try certificates.make("first")
    }

    /// The problems of a document, without the file's name and the warning that its cursor key is random.
    private func problems(_ text: String) -> [String] {
        ConfigurationFile.loader.load(text: text, file: "F").problems.map(\.description)
            .filter { !$0.contains("cursor_key") }
    }

    private func problems(tls members: String) -> [String] {
        problems(
            "{ listen: { tls: {\n\(members) } },\nupstreams: [{ id: 'a', provider: 'aries', endpoint: 'https://a' }] }"
        )
    }

    private func problems(upstream members: String) -> [String] {
        problems(
            "{ upstreams: [{ id: 'a', provider: 'aries', endpoint: 'https://a',\n\(members) }] }"
        )
    }

    private func write(_ text: String, _ name: String) throws -> String {
        let path = folder.file(name)
        let file = try #require(fopen(path, "w"))
        fputs(text, file)
        fclose(file)
        return path
    }

    private var certificate: String { certificates.certificate("first") }
    private var key: String { certificates.key("first") }
    private var authority: String { certificates.certificate("authority") }

    /// Files that look like PEM certificates and hold none: garbage in the frame, one cut off, one with a bad second one.
    private func badCertificates() throws -> [String] {
        let good = try String(decoding: ConfigurationFiles.contents(of: certificate), as: UTF8.self)
        let frame = "-----BEGIN CERTIFICATE-----\n%\n-----END CERTIFICATE-----\n"
        let garbage = frame.replacing("%", with: "Z2FyYmFnZQ==")
        return [
            try write(garbage, "garbage.pem"),
            try write(frame.replacing("%", with: "s3cret!"), "letters.pem"),
            try write(String(good.prefix(good.count / 2)), "half.pem"),
            try write(good + garbage, "second.pem"),
        ]
    }

    @Test("A listener's certificate and key are loaded as when it is served with")
    func listener() throws {
        let members = "certificate: '\(certificate)',\nkey: '\(key)',\nclient_ca: '\(authority)'"
        #expect(problems(tls: members) == [])
        for file in try badCertificates() {
            let found = problems(tls: "certificate: '\(file)',\nkey: '\(key)'")
            #expect(found.count == 1)
            let start =
                "F:2:14: error: listen.tls.certificate: the file \(file) holds no certificate chain"
            #expect(found.first?.hasPrefix(start) == true, "\(found)")
            #expect(found.first?.contains("s3cret") == false)
        }
    }

    @Test("A key is the certificate's, and is read without a password")
    func keys() throws {
        for name in ["authority", "first"] {
            let other = certificates.key(name)
            let found = problems(tls: "certificate: '\(certificate)',\nkey: '\(other)'")
            #expect(found.isEmpty == (name == "first"), "\(found)")
            let start = "F:3:6: error: listen.tls.key: the file \(other) holds another key than"
            #expect(found.allSatisfy { $0.hasPrefix(start) }, "\(found)")
        }
        let frame = "-----BEGIN PRIVATE KEY-----\ns3cret\n-----END PRIVATE KEY-----\n"
        let garbage = try write(frame, "garbage.key")
        let found = problems(tls: "certificate: '\(certificate)',\nkey: '\(garbage)'")
        let start =
            "F:3:6: error: listen.tls.key: the file \(garbage) holds no private key that can be read"
        #expect(found.count == 1 && found.first?.hasPrefix(start) == true, "\(found)")
        #expect(found.first?.contains("s3cret") == false)
    }

    @Test("The authorities of clients are loaded as when they are asked for")
    func clientAuthorities() throws {
        for file in try badCertificates() {
            let members = "certificate: '\(certificate)',\nkey: '\(key)',\nclient_ca: '\(file)'"
            let found = problems(tls: members)
            let start =
                "F:4:12: error: listen.tls.client_ca: the file \(file) holds no certificates of"
            #expect(found.count == 1 && found.first?.hasPrefix(start) == true, "\(found)")
        }
    }

    @Test("So are those of upstreams, whose every call would fail; a warning where one is off")
    func upstreamAuthorities() throws {
        #expect(problems(upstream: "tls: { ca_file: '\(authority)' }") == [])
        for file in try badCertificates() {
            let message = "the file \(file) holds no certificates of authorities that can be read"
            #expect(
                problems(upstream: "tls: { ca_file: '\(file)' }")
                    == ["F:2:17: error: upstreams[0].tls.ca_file: \(message)"]
            )
            #expect(
                problems(upstream: "tls: { ca_file: '\(file)' }, enabled: false")
                    .contains("F:2:17: warning: upstreams[0].tls.ca_file: \(message)")
            )
        }
    }

    @Test("A region that no request could name is refused")
    func region() {
        #expect(problems(upstream: "region: 'lab, north'").count == 1)
        #expect(
            problems(upstream: "region: 'lab, north'").first?.hasPrefix(
                "F:2:9: error: upstreams[0].region: holds a comma"
            ) == true
        )
        #expect(problems(upstream: "region: 'lab north'") == [])
    }

    @Test("So are those of key sets and of the collector of traces")
    func otherAuthorities() throws {
        let file = try badCertificates()[0]
        let root = "upstreams: [{ id: 'a', provider: 'aries', endpoint: 'https://a' }]"
        let jwks = "jwks: { url: 'https://id.example/keys', ca_file: '\(file)' }"
        let clients = "clients: [{ id: 'c', jwt: { issuer: 'i', audience: ['a'],\n\(jwks) } }]"
        let message = "the file \(file) holds no certificates of authorities that can be read"
        #expect(
            problems("{ \(clients), \(root) }")
                == ["F:2:50: error: clients[0].jwt.jwks.ca_file: \(message)"]
        )
        let tracing = "tracing: { otlp_endpoint: 'https://t/v1',\nca_file: '\(file)' }"
        #expect(
            problems("{ \(tracing), \(root) }") == ["F:2:10: error: tracing.ca_file: \(message)"]
        )
    }

    @Test("A state directory that cannot be used is a warning, and nothing is made")
    func stateDirectory() throws {
        let file = try write("", "file")
        func found(_ path: String) -> [String] {
            problems(
                "{ state_directory:\n'\(path)',"
                    + "upstreams: [{ id: 'a', provider: 'aries', endpoint: 'https://a' }] }"
            )
        }
        let start = "F:2:1: warning: state_directory: "
        #expect(found(file) == ["\(start)\(file) is no directory"])
        #expect(found("\(file)/x") == ["\(start)\(file)/x cannot be used: Not a directory"])
        let below = found("/proc/nope/state")
        #expect(below.count == 1)
        #expect(below.first?.hasPrefix("\(start)/proc/nope/state cannot be made: /proc") == true)
        let missing = folder.file("one/two/three/")
        #expect(found(missing) == [])
        #expect(folder.names == ["file"])
        #expect(found(folder.path) == [])
        chmod(folder.path, 0o777)
        #expect(found(folder.path).first?.contains("others can write") == true)
    }

    @Test("A configuration with such a mistake is read by none of those who would use it")
    func refused() throws {
        let text =
            "{ listen: { tls: { certificate: '\(certificate)', key: '\(certificates.key("authority"))' } },"
            + "upstreams: [{ id: 'a', provider: 'aries', endpoint: 'https://a' }] }"
        let path = try write(text, "gateway.json5")
        guard case .refused(let reason) = ConfigurationFile.read(path) else {
            Issue.record("it was read")
            return
        }
        #expect(reason.contains("gateway.json5:1:"))
    }
}
