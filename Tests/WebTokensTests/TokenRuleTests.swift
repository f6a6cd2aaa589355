import TestKit
import Testing

@testable import WebTokens

@Suite("TokenRule")
struct TokenRuleTests {
    private let signer: TokenSigner
    private let rule = TokenRule(
        issuer: "https://id.example",
        audiences: ["gateway", "other"],
        subject: "ci",
        claims: [
            .init(name: "groups", anyOf: ["cloud", "admin"]),
            .init(name: "scope", anyOf: ["images.read"]),
        ]
    )

    init() throws { signer = try TokenSigner(.ed25519) }

    /// A token that fits, some of its claims replaced; a claim of `nil` is left out.
    private func check(
        _ changes: [String: String?] = [:],
        now: Double = 1_000_000,
        _ rule: TokenRule? = nil
    ) throws -> TokenFailure? {
        var claims: [String: String?] = [
            "iss": "\"https://id.example\"", "aud": "[\"x\",\"gateway\"]", "sub": "\"ci\"",
            "groups": "[\"dev\",\"cloud\"]", "scope": "\"openid images.read\"", "exp": "1000600",
        ]
        claims.merge(changes) { $1 }
        let members = claims.compactMap { name, value in value.map { "\"\(name)\":\($0)" } }
        let payload = "{\(members.sorted().joined(separator: ","))}"
        let token = try WebToken(
            Array(try signer.compact(header: "{\"alg\":\"EdDSA\"}", payload: payload).utf8)
        )
        do throws(TokenFailure) {
            #expect(try (rule ?? self.rule).check(token, now: now) > now)
            return nil
        } catch {
            return error
        }
    }

    @Test("A token whose claims all hold fits; each that does not is named")
    func claims() throws {
        #expect(try check() == nil)
        let cases: [(String, String?, TokenFailure?)] = [
            ("iss", "\"https://id.example/\"", .issuer), ("iss", nil, .issuer),
            ("aud", "\"gateway\"", nil), ("aud", "\"Gateway\"", .audience), ("aud", nil, .audience),
            ("aud", "[]", .audience), ("aud", "{\"gateway\":1}", .audience),
            ("sub", "\"CI\"", .noClient), ("sub", nil, .noClient),
            ("groups", "\"admin\"", nil), ("groups", "[[\"cloud\"]]", .noClient),
            ("groups", nil, .noClient), ("groups", "\"cloud admin\"", .noClient),
            ("scope", "\"images.read.all\"", .noClient), ("scope", "[\"images.read\"]", nil),
            ("exp", nil, .noExpiry), ("exp", "\"1000600\"", .oddExpiry), ("exp", "-1", .oddExpiry),
            ("exp", "1e20", .oddExpiry), ("exp", "null", .oddExpiry), ("exp", "1000600.5", nil),
            ("nbf", "\"x\"", .oddBegin), ("nbf", "0", nil),
        ]
        for (name, value, expected) in cases {
            #expect(try check([name: value]) == expected, "\(name) = \(value ?? "absent")")
        }
    }

    /// U+212A KELVIN SIGN is canonically equivalent to `K`, a letter and its accent to the letter with it.
    @Test("Texts that only look like the configured ones are others")
    func lookAlikes() throws {
        let rule = TokenRule(
            issuer: "https://café.example",
            audiences: ["K8s"],
            subject: "Kate",
            claims: [.init(name: "Kind", anyOf: ["K"]), .init(name: "scope", anyOf: ["K.read"])]
        )
        let fitting: [String: String?] = [
            "iss": "\"https://caf\\u00e9.example\"", "aud": "\"K8s\"", "sub": "\"Kate\"",
            "Kind": "[\"K\"]", "scope": "\"openid K.read\"",
        ]
        func check(_ name: String, _ value: String?) throws -> TokenFailure? {
            try self.check(fitting.merging([name: value]) { $1 }, now: 1_000_000, rule)
        }
        #expect(try check("sub", "\"Kate\"") == nil)
        #expect(try check("iss", "\"https://cafe\\u0301.example\"") == .issuer)
        #expect(try check("aud", "[\"\\u212a8s\"]") == .audience)
        #expect(try check("sub", "\"\\u212aate\"") == .noClient)
        #expect(try check("Kind", "[\"\\u212a\"]") == .noClient)
        #expect(try check("scope", "\"\\u212a.read\"") == .noClient)
        let renamed: [String: String?] = ["Kind": nil, "\\u212aind": "[\"K\"]"]
        #expect(try self.check(fitting.merging(renamed) { $1 }, now: 1_000_000, rule) == .noClient)
    }

    @Test("Clocks may be a minute apart, at the second")
    func skew() throws {
        #expect(try check(now: 1_000_659) == nil)
        #expect(try check(now: 1_000_660) == .expired)
        #expect(try check(["nbf": "1000061"]) == .notYetValid)
        #expect(try check(["nbf": "1000060"]) == nil)
        var strict = rule
        strict.clockSkew = .zero
        #expect(try check(now: 1_000_599, strict) == nil)
        #expect(try check(now: 1_000_600, strict) == .expired)
        #expect(try check(["nbf": "1000001"], now: 1_000_000, strict) == .notYetValid)
    }

    @Test("An algorithm that the configuration does not name is refused though the key would fit")
    func pinned() throws {
        var pinned = rule
        pinned.algorithms = [.rs256, .es256]
        #expect(try check([:], now: 1_000_000, pinned) == .algorithm)
    }

    @Test("No reason repeats a part of a token, and each says something of its own")
    func reasons() {
        #expect(Set(TokenFailure.allCases.map(\.reason)).count == TokenFailure.allCases.count)
    }
}
