import Configuration
import Cryptography
import HTTPWire
import ImageModel
import TestKit
import Testing
import WebTokens

@testable import GatewayAPI

/// Who is answered, by what they show: each way of knowing a client, hot, warm and on the long way.
@Suite("Callers")
struct CallerTests {
    private func bearer(_ token: String) -> [HTTPField] {
        [HTTPField("authorization", "Bearer \(token)")]
    }

    private func certificate(
        _ name: String,
        expires: Int64 = SampleCloud.date.seconds + 100
    ) -> PeerCertificate {
        PeerCertificate(
            subject: "CN=\(name),O=Example",
            alternativeNames: ["dns:\(name).example", "uri:spiffe://example/\(name)"],
            fingerprint: Digest.sha256.hash("\(name)\(expires)"),
            expires: expires
        )
    }

    private func peer(_ name: String) -> HTTPPeer {
        HTTPPeer(address: "127.0.0.1", isTLS: true, certificate: certificate(name))
    }

    @Test("A token opens what its client may see, on every route and temperature")
    func token() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        let clients = [issuer.client("ci", subject: "ci", upstreams: .only(["seen"]))]
        let cloud = try SampleCloud(clients: clients) { _ in store }
        let token = try issuer.token("\"sub\":\"ci\"")
        let line = "Authorization: Bearer \(token)"
        // The keys are not there yet: the short way cannot answer, the long way waits for them.
        #expect(try cloud.atOnce("/v1/images?upstream=seen", [line]) == nil)
        let first = await cloud.get("/v1/images", bearer(token))
        #expect(first.status == 200 && issuer.readingCount == 1)
        for _ in 0..<3 {
            let answer = try #require(try cloud.atOnce("/v1/images", [line]))
            #expect(answer.contains("seen") && !answer.contains("hidden"))
        }
        #expect(await cloud.get("/v1/images?upstream=hidden", bearer(token)).status == 403)
        let upstreams = await cloud.get("/v1/upstreams", bearer(token))
        #expect(!String(decoding: upstreams.body, as: UTF8.self).contains("hidden"))
        #expect(issuer.readingCount == 1)
    }

    @Test("A token that is no good is told why, and a hot answer never opens for it")
    func refused() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        let cloud = try SampleCloud(clients: [issuer.client("ci", subject: "ci")]) { _ in store }
        let good = try issuer.token("\"sub\":\"ci\"")
        for _ in 0..<3 { _ = await cloud.get("/v1/images", bearer(good)) }
        let cases = [
            (try issuer.token("\"sub\":\"ci\"", lasts: -61), "has expired"),
            (try issuer.token("\"sub\":\"other\""), "no client here has"),
            (try TestIssuer().token("\"sub\":\"ci\""), "does not fit"),
            (try issuer.token("\"sub\":\"ci\"", keyID: "new"), "does not publish"),
            (String(good.dropLast(4)) + "AAAA", "does not fit"),
        ]
        for (token, reason) in cases {
            issuer.time.manual.advance(by: .seconds(1))
            #expect(try cloud.atOnce("/v1/images", ["Authorization: Bearer \(token)"]) == nil)
            let answer = await cloud.get("/v1/images", bearer(token))
            let text = String(decoding: answer.body, as: UTF8.self)
            #expect(answer.status == 401 && text.contains("problem:invalid-token"), "\(text)")
            #expect(text.contains(reason), "\(text) lacks \(reason)")
            let challenge = try #require(answer.fields.value(of: "www-authenticate"))
            #expect(challenge.hasPrefix("Bearer realm=\"image-gateway\", error=\"invalid_token\""))
            #expect(challenge.contains(reason))
            for secret in [token, "id.example", "gateway\",\"sub", "\"ci\""] {
                #expect(!(text + challenge).contains(secret), "\(text) \(challenge)")
            }
        }
    }

    @Test("Without the issuer's keys a token is answered 503, with keys at once")
    func unavailable() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        let cloud = try SampleCloud(clients: [issuer.client("ci")]) { _ in store }
        issuer.fail("down")
        let answer = await cloud.get("/v1/images", bearer(try issuer.token()))
        #expect(answer.status == 503 && answer.fields.value(of: "retry-after") == "5")
        #expect(String(decoding: answer.body, as: UTF8.self).contains("keys-unavailable"))
    }

    @Test("A new key is fetched when a token first names it; an old one ends what it had opened")
    func rotation() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        let cloud = try SampleCloud(clients: [issuer.client("ci")]) { _ in store }
        let old = try issuer.token()
        for _ in 0..<3 { #expect(await cloud.get("/v1/images", bearer(old)).status == 200) }
        #expect(try cloud.atOnce("/v1/images", ["Authorization: Bearer \(old)"]) != nil)
        let next = try TokenSigner(.rsa)
        issuer.publish(next.keySet(id: "two"))
        issuer.time.manual.advance(by: .seconds(30))
        let claims = "\"iss\":\"\(issuer.name)\",\"aud\":[\"gateway\"]"
        let new = try next.token(claims, keyID: "two", now: SampleCloud.date.seconds)
        #expect(await cloud.get("/v1/images", bearer(new)).status == 200)
        issuer.time.manual.advance(by: .seconds(1))
        #expect(await cloud.get("/v1/images", bearer(old)).status == 401)
        #expect(try cloud.atOnce("/v1/images", ["Authorization: Bearer \(old)"]) == nil)
        #expect(try cloud.atOnce("/v1/images", ["Authorization: Bearer \(new)"]) != nil)
    }

    @Test("A new key that cannot be fetched yet is no final refusal, and is let in once it can be")
    func rotationBehindStrangers() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        let cloud = try SampleCloud(clients: [issuer.client("ci")]) { _ in store }
        await store.refresh()
        for number in 0..<20 {
            issuer.time.manual.advance(by: .seconds(1))
            let bogus = bearer(try issuer.token(keyID: "bogus \(number)"))
            #expect([401, 503].contains(await cloud.get("/v1/images", bogus).status))
        }
        #expect((6...10).contains(issuer.readingCount))
        let next = try TokenSigner(.rsa)
        issuer.publish(next.keySet(id: "two"))
        let claims = "\"iss\":\"\(issuer.name)\",\"aud\":[\"gateway\"]"
        let new = try next.token(claims, keyID: "two", now: SampleCloud.date.seconds)
        let early = await cloud.get("/v1/images", bearer(new))
        let rest = try #require(early.fields.value(of: "retry-after").flatMap { Int($0) })
        #expect(early.status == 503 && (1...5).contains(rest))
        #expect(String(decoding: early.body, as: UTF8.self).contains("keys-unavailable"))
        issuer.time.manual.advance(by: .seconds(rest))
        #expect(await cloud.get("/v1/images", bearer(new)).status == 200)
    }

    @Test("Each key set of an issuer is read for a token whose key it lacks, whoever is meant")
    func rotationOfSeveral() async throws {
        let issuers = try (0..<3).map { _ in try TestIssuer() }
        let stores = issuers.map { $0.makeStore() }
        var rest = stores[...]
        let clients = ["a", "b", "c"].map { issuers[0].client($0, subject: $0) }
        let cloud = try SampleCloud(clients: clients) { _ in rest.removeFirst() }
        for store in stores { await store.refresh() }
        for (index, subject) in ["a", "b", "c"].enumerated() {
            let next = try TokenSigner(.rsa)
            issuers[index].publish(next.keySet(id: "next \(subject)"))
            issuers[0].time.manual.advance(by: .seconds(5))
            for issuer in issuers.dropFirst() { issuer.time.manual.advance(by: .seconds(5)) }
            let claims = "\"iss\":\"\(issuers[0].name)\",\"aud\":[\"gateway\"]"
            let token = try next.token(
                "\(claims),\"sub\":\"\(subject)\"",
                keyID: "next \(subject)",
                now: SampleCloud.date.seconds
            )
            #expect(await cloud.get("/v1/images", bearer(token)).status == 200, "\(subject)")
        }
    }

    @Test("A key without a name that takes the place of another is fetched, too")
    func rotationWithoutNames() async throws {
        let issuer = try TestIssuer()
        let store = issuer.makeStore()
        let cloud = try SampleCloud(clients: [issuer.client("ci")]) { _ in store }
        let signers = try (0..<2).map { _ in try TokenSigner(.rsa) }
        let claims = "\"iss\":\"\(issuer.name)\",\"aud\":[\"gateway\"]"
        for signer in signers {
            issuer.publish(signer.keySet(id: nil))
            issuer.time.manual.advance(by: .seconds(5))
            let token = try signer.token(claims, keyID: nil, now: SampleCloud.date.seconds)
            #expect(await cloud.get("/v1/images", bearer(token)).status == 200)
        }
        let stranger = try TokenSigner(.rsa).token(
            claims,
            keyID: nil,
            now: SampleCloud.date.seconds
        )
        let answer = await cloud.get("/v1/images", bearer(stranger))
        #expect(answer.status == 401)
        #expect(String(decoding: answer.body, as: UTF8.self).contains("does not fit"))
    }

    @Test("A certificate opens what its client may see; a genuine one of nobody is told so")
    func certificates() async throws {
        let clients = [
            ClientConfiguration(
                id: "subject",
                identity: .certificate(.subject("CN=one,O=Example")),
                upstreams: .only(["seen"])
            ),
            ClientConfiguration(
                id: "name",
                identity: .certificate(.alternative("uri:spiffe://example/two"))
            ),
        ]
        let cloud = try SampleCloud(clients: clients)
        let one = await cloud.get("/v1/images", peer: peer("one"))
        #expect(one.status == 200)
        #expect(!String(decoding: one.body, as: UTF8.self).contains("hidden"))
        _ = await cloud.get("/v1/images", peer: peer("two"))
        for _ in 0..<3 {
            #expect(try cloud.atOnce("/v1/images", peer: peer("one"))?.contains("hidden") == false)
            #expect(try cloud.atOnce("/v1/images", peer: peer("two"))?.contains("hidden") == true)
        }
        let stranger = await cloud.get("/v1/images", peer: peer("three"))
        let text = String(decoding: stranger.body, as: UTF8.self)
        #expect(stranger.status == 401 && text.contains("problem:unknown-certificate"))
        #expect(text.contains("CN=three"))
        #expect(try cloud.atOnce("/v1/images", peer: peer("three")) == nil)
        let nobody = await cloud.get("/v1/images")
        #expect(nobody.status == 401)
        #expect(String(decoding: nobody.body, as: UTF8.self).contains("with a client certificate"))
        #expect(try cloud.atOnce("/v1/images") == nil)
    }

    @Test("A certificate that expires ends what it had opened, also on a connection that goes on")
    func expiredCertificate() async throws {
        let client = ClientConfiguration(
            id: "a",
            identity: .certificate(.subject("CN=one,O=Example"))
        )
        let cloud = try SampleCloud(clients: [client])
        let old = HTTPPeer(
            isTLS: true,
            certificate: certificate("one", expires: SampleCloud.date.seconds)
        )
        #expect(await cloud.get("/v1/images", peer: old).status == 401)
        #expect(try cloud.atOnce("/v1/images", peer: old) == nil)
        #expect(await cloud.get("/v1/images", peer: peer("one")).status == 200)
    }

    @Test(
        "What is shown in the head counts before the connection's certificate, also when it is wrong"
    )
    func precedence() async throws {
        let clients = [
            ClientConfiguration(id: "a", identity: .certificate(.subject("CN=one,O=Example"))),
            ClientConfiguration(
                id: "b",
                identity: .key(sha256: Digest.sha256.hash("key")),
                upstreams: .only(["seen"])
            ),
        ]
        let cloud = try SampleCloud(clients: clients)
        let wrong = await cloud.get("/v1/images", bearer("wrong"), peer: peer("one"))
        #expect(wrong.status == 401)
        #expect(try cloud.atOnce("/v1/images", ["X-API-Key: wrong"], peer: peer("one")) == nil)
        let right = await cloud.get("/v1/images", bearer("key"), peer: peer("one"))
        #expect(!String(decoding: right.body, as: UTF8.self).contains("hidden"))
        // The fingerprint is no key.
        let key = String(decoding: certificate("one").fingerprint, as: UTF8.self)
        #expect(await cloud.get("/v1/images", bearer(key)).status == 401)
    }
}
