import Cryptography
import Glibc
import HTTPWire
import ImageModel
import JSONText
import TestKit
import Testing

@testable import image_gateway

/// One gateway for five clients of different scopes, and for each client a second gateway that has the upstreams of
/// its scope and nothing else: what the client gets must be what that one answers.
struct IsolatedGateway {
    let gateway: TestGateway
    let clients: [Client]
    /// Keys are read when a token first comes, so the file stays.
    private let keys: KeyFile

    struct Client: Sendable {
        let id: String
        /// Ids of upstreams in the order of the configuration.
        let scope: [String]
        let fields: [HTTPField]
        let peer: HTTPPeer
        let reference: TestGateway
        /// Ids of upstreams that nothing the client gets may hold.
        let hidden: [String]
    }

    /// Two of them list the same images, in different scopes.
    static let upstreams: [(id: String, members: String)] = [
        (
            "up-tencent-a",
            "provider: 'tencent-cvm', region: 'ap-guangzhou', credentials: { secret_id: 'AKIDSIMULATOR', secret_key: 'simulator-secret' }"
        ),
        (
            "up-huawei",
            "provider: 'huawei-ims', region: 'cn-north-4', credentials: { token: 'simulator-token' }"
        ),
        (
            "up-tencent-b",
            "provider: 'tencent-cvm', region: 'ap-guangzhou', credentials: { secret_id: 'AKIDSIMULATOR', secret_key: 'simulator-secret' }"
        ),
        (
            "up-zenlayer",
            "provider: 'zenlayer', region: 'FRA-A', credentials: { token: 'simulator-token' }"
        ),
        ("up-gmi", "provider: 'gmi', credentials: { token: 'simulator-token' }"),
        ("up-aries", "provider: 'aries', credentials: { token: 'simulator-token' }"),
    ]

    private static let scopes: [(id: String, scope: [String])] = [
        ("everything", upstreams.map(\.id)),
        ("first-twin", ["up-tencent-a", "up-aries"]),
        ("second-twin", ["up-huawei", "up-tencent-b"]),
        ("both-twins", ["up-tencent-a", "up-tencent-b", "up-zenlayer"]),
        ("one", ["up-gmi"]),
    ]

    init(images: Int) throws {
        let simulators = try DemoSimulators(SimulatorSettings(imageCount: images))
        let signer = try TokenSigner(.ed25519)
        keys = try KeyFile(signer.keySet())
        let token = try signer.token(
            "\"iss\":\"issuer\",\"aud\":\"gateway\"",
            now: WallClock.now.seconds
        )
        var clients: [Client] = []
        var configured: [String] = []
        for (index, (id, scope)) in Self.scopes.enumerated() {
            let (identity, fields, peer) = Self.identity(id, index, keys.path, token)
            configured.append("{ id: '\(id)', \(identity), upstreams: \(Self.list(scope, index)) }")
            clients.append(
                Client(
                    id: id,
                    scope: scope,
                    fields: fields,
                    peer: peer,
                    reference: try TestGateway(
                        simulators: simulators,
                        Self.section(Self.upstreams.filter { scope.contains($0.id) })
                    ),
                    hidden: Self.upstreams.map(\.id).filter { !scope.contains($0) }
                )
            )
        }
        self.clients = clients
        gateway = try TestGateway(
            simulators: simulators,
            "clients: [\(configured.joined(separator: ", "))], \(Self.tls(keys)) \(Self.section(Self.upstreams))"
        )
    }

    private static func list(_ scope: [String], _ index: Int) -> String {
        index == 0 ? "['*']" : "['\(scope.joined(separator: "', '"))']"
    }

    private static func section(_ upstreams: [(id: String, members: String)]) -> String {
        let list = upstreams.map { "{ id: '\($0.id)', endpoint: '@sim', \($0.members) }" }
        return "upstreams: [\(list.joined(separator: ", "))]"
    }

    /// A listener that asks for certificates; it is never started.
    private static func tls(_ keys: KeyFile) -> String {
        let (pem, key) = (keys.certificate, keys.key)
        return "listen: { tls: { certificate: '\(pem)', key: '\(key)', client_ca: '\(pem)' } },"
    }

    /// A key for most, a token for one and a certificate for one.
    private static func identity(
        _ id: String,
        _ index: Int,
        _ keyFile: String,
        _ token: String
    ) -> (String, [HTTPField], HTTPPeer) {
        switch index {
        case 2:
            let jwt =
                "jwt: { issuer: 'issuer', audience: ['gateway'], jwks: { file: '\(keyFile)' } }"
            return (jwt, [HTTPField("authorization", "Bearer \(token)")], HTTPPeer())
        case 3:
            let certificate = PeerCertificate(
                subject: "CN=\(id)",
                alternativeNames: [],
                fingerprint: Digest.sha256.hash(id),
                expires: WallClock.now.seconds + 3_600
            )
            return (
                "certificate: { subject: 'CN=\(id)' }", [],
                HTTPPeer(isTLS: true, certificate: certificate)
            )
        default:
            let digest = TestKeys.digest(of: Array(id.utf8))
            return ("key_sha256: '\(digest)'", [HTTPField("x-api-key", id)], HTTPPeer())
        }
    }
}

/// Files that go away with their holder: a key set, and a certificate with its key.
final class KeyFile: Sendable {
    let path: String
    let certificate: String
    let key: String
    private let certificates: TestCertificates
    private let folder = TemporaryFolder()

    struct Failure: Error {}

    init(_ keySet: String) throws {
        certificates = try TestCertificates()
        certificate = certificates.certificate("authority")
        key = certificates.key("authority")
        path = folder.file("keys.json")
        try Self.write(keySet, path)
    }

    static func write(_ text: String, _ path: String) throws {
        guard let file = fopen(path, "w") else { throw Failure() }
        fputs(text, file)
        fclose(file)
    }
}
