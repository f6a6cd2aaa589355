import Observability
import Testing
import Upstreams

@testable import Configuration

@Suite("Secrets")
struct SecretTests {
    private func load(
        _ secret: String,
        environment: [String: String] = [:],
        files: [String: String] = [:],
        enabled: Bool = true
    ) -> LoadedConfiguration {
        let harness = LoaderHarness(environment: environment, files: files)
        return harness.loader.load(
            text: """
                {cursor_key:'\(String(repeating: "0", count: 64))',upstreams:[
                {id:'a',provider:'gmi',enabled:\(enabled),credentials:{token:\(secret)}},
                {id:'b',provider:'aries',endpoint:'http://127.0.0.1:1'}]}
                """,
            file: "/etc/gateway/gateway.json5"
        )
    }

    private func token(_ loaded: LoadedConfiguration) -> String? {
        loaded.configuration?.upstreams[0].settings.credentials["token"]?.revealed
    }

    private func problems(_ loaded: LoadedConfiguration) -> [String] {
        loaded.problems.filter { $0.keyPath != "cursor_key" }
            .map { "\($0.severity): \($0.message)" }
    }

    @Test("A reference is resolved: a variable as it is, a file without its last line end")
    func references() {
        #expect(token(load("{env:'TOKEN'}", environment: ["TOKEN": " s p "])) == " s p ")
        for text in ["s3", "s3\n", "s3\r\n"] {
            #expect(token(load("{file:'/run/t'}", files: ["/run/t": text])) == "s3")
        }
    }

    @Test("A relative path begins at the configuration's folder")
    func relativePath() {
        #expect(token(load("{file:'secrets/t'}", files: ["/etc/gateway/secrets/t": "s3"])) == "s3")
    }

    @Test("A literal works and draws a warning, a literal name draws none")
    func literals() {
        let loaded = load("'s3'")
        #expect(token(loaded) == "s3")
        #expect(
            problems(loaded)
                == ["warning: the secret stands in the file itself, for everybody who reads it"]
        )
        let plain = LoaderHarness(environment: ["P": "p"]).problems(
            "{cursor_key:{env:'P'},upstreams:[{id:'a',provider:'gmi',credentials:{email:'e',password:{env:'P'}}}]}"
        )
        #expect(plain.filter { $0.contains("warning") } == [])
    }

    @Test(
        "A reference that leads nowhere is an error that never shows what it found",
        arguments: [
            ("{env:'TOKEN_X'}", "the environment variable TOKEN_X is not set"),
            ("{env:'EMPTY'}", "the environment variable EMPTY is empty"),
            (
                "{env:'LINES'}",
                "the environment variable LINES holds a line end or control character"
            ),
            ("{env:'s3cret'}", "this environment variable is not set"),
            ("{env:'S3CRET'}", "this environment variable is not set"),
            ("{env:'AKIAIOSFODNNSECRET'}", "this environment variable is not set"),
            ("{env:'HW2_SECRET'}", "the environment variable HW2_SECRET is not set"),
            ("{env:'s3-cret'}", "must be the name of an environment variable"),
            ("{env:5}", "must be the name of an environment variable"),
            ("{file:'s3cret'}", "this file below \"/etc/gateway/\" does not exist"),
            ("{file:'s3/cret'}", "this file below \"/etc/gateway/\" does not exist"),
            ("{file:'./none'}", "the file \"/etc/gateway/./none\" does not exist"),
            ("{file:'no.txt'}", "the file \"/etc/gateway/no.txt\" does not exist"),
            ("{file:'/none'}", "the file \"/none\" does not exist"),
            ("{file:'/lines'}", "the file \"/lines\" holds a line end or control character"),
            ("{file:''}", "must be the path of a file"),
            ("{}", "needs env or file"),
            ("{env:'TOKEN_X',file:'/none'}", "has both env and file"),
            ("{evn:'TOKEN_X'}", "unknown key"),
            ("''", "the text is empty"),
            ("'  '", "the text holds nothing but spaces"),
            (
                "5",
                "must be a secret: { env: \"NAME\" }, { file: \"PATH\" } or a text, not a number"
            ),
            ("null", "null is no value here"),
        ]
    )
    func failures(secret: String, message: String) {
        let loaded = load(
            secret,
            environment: ["EMPTY": "", "LINES": "s3\ncret"],
            files: ["/lines": "s3\ncret\n"]
        )
        #expect(loaded.configuration == nil)
        #expect(problems(loaded).contains("error: \(message)"))
        #expect(loaded.errors.count == 1)
        #expect(!loaded.problems.description.contains("cret\""))
    }

    @Test(
        "A secret in the wrong place is not repeated, and its place is told",
        arguments: [
            "listen: { address: '%' },", "listen: { address: '%:80' },",
            "listen: { address: ':%' },",
            "listen: { address: '127.0.0.1%:80' },", "admin: { address: '%' },",
            "admin: { address: '%:81' },", "listen: { tls: { certificate: '%', key: '%' } },",
            "log: { level: '%' },", "log: { level: 'info-%' },", "log: { format: '%' },",
            "cache: { ttl: '%' },", "cache: { ttl: '5%' },", "cache: { ttl: '10 %' },",
            "cache: { response_bytes_max: '%' },", "limits: { head_bytes_max: '%' },",
            "request: { deadline: '1s%' },", "request: { page_size: '%' },", "loops: '%',",
            "cors: { origins: ['%'] },", "cursor_key: '%',", "cursor_key: { env: '%' },",
            "cursor_key: { file: '%' },", "admin: { key: { env: '%' } },",
            "admin: { key: { file: '%' } },", "tracing: { otlp_endpoint: '%' },",
            "admin: { key: { '%': 1 } },", "admin: { key: { '%': { '%': 1 } } },",
            "admin: { key: { env: { '%': 1, '%': 2 } } },", "cursor_key: { '%': 'x' },",
            "cursor_key: [{ '%': 1, '%': 2 }],", "cursor_key: { '%': 1, '%': 1 },",
            "cursor_key: { 'env%': 1 },", "cursor_key: { '%_file': 1 },",
            "tracing: { otlp_endpoint: 'http://127.0.0.1:4318', "
                + "headers: [{ name: 'a', value: { '%': 1 } }] },",
            "clients: [{ id: '% %', key_sha256: '%' }],",
            "clients: [{ id: 'a', key_sha256: '%', upstreams: ['%'] }],",
            "clients: [{ id: 'a', certificate: { san: '%' }, upstreams: ['*'] }],",
            "clients: [{ id: 'a', jwt: { issuer: 'i', audience: ['a'], algorithms: ['%'], "
                + "jwks: { file: '%' } }, upstreams: ['*'] }],",
            "clients: [{ id: 'a', jwt: { issuer: 'i', audience: ['a'], jwks: { url: '%' } }, "
                + "upstreams: ['*'] }],",
        ]
    )
    func misplaced(member: String) {
        // Such as people have: a password, a token, an access key, digits.
        for secret in ["pl4nt3d-S3cr3t", "hunter2", "PL4NT3DS3CR3T", "48151623424815"] {
            let errors = LoaderHarness().errors(ofRoot: member.replacing("%", with: secret))
            #expect(!errors.isEmpty && errors.allSatisfy { $0.hasPrefix("2:") }, "\(errors)")
            #expect(!errors.contains { $0.contains(secret) }, "\(errors)")
        }
    }

    @Test(
        "Nor in an upstream",
        arguments: [
            "provider: '%'", "api: '%'", "path: '%'", "path: '/%?'", "region: '%', page_size: '%'",
            "endpoint: '%'", "proxy: '%'", "ttl: '%'", "walk_timeout: '%w'", "body_bytes_max: '%'",
            "tls: { ca_file: '%' }", "retries: '%'", "enabled: '%'", "id: '% %'",
            "breaker: { open_for: '%' }", "hedge: { after: '%' }",
            "credentials: { username: { env: '%' }, password: { file: '%' } }",
            "credentials: { '%': 'x' }", "credentials: { '%': 'x', '%': 'y' }",
            "credentials: { '%': { '%': { '%': 1, '%': 2 } } }",
            "credentials: [{ '%': 1, '%': 2 }]",
            "provider: 'gmi', credentials: { '%': { env: 'X' } }",
            "provider: 'gmi', credentials: { token: { '%': 'x' } }",
            "provider: 'gmi', credentials: { 'token%': 'x' }",
            "provider: 'gmi', credentials: { '%-password': 'x', email: '' }",
        ]
    )
    func misplacedBelow(member: String) {
        for secret in ["pl4nt3d-S3cr3t", "hunter2", "PL4NT3DS3CR3T", "48151623424815"] {
            let filled = member.replacing("%", with: secret)
            let good = "{id:'a',provider:'aries',endpoint:'http://127.0.0.1:1'}"
            let loaded = LoaderHarness().load("{upstreams:[\(good), {\(filled)}]}")
            let problems = loaded.problems.map(\.description)
            #expect(!loaded.errors.isEmpty)
            #expect(!problems.contains { $0.contains(secret) }, "\(problems)")
        }
    }

    @Test(
        "An unknown key among credentials is told by its place, words that are known by name too",
        arguments: [
            (
                "{ hunter2: { env: 'X' } }",
                "1:50: error: upstreams[0].credentials: this key is unknown; valid here: token, email, password"
            ),
            (
                "{ 'token hunter2': { env: 'X' } }",
                "1:50: error: upstreams[0].credentials: this key is unknown; did you mean \"token\"?"
            ),
            (
                "{ passwrod: { env: 'X' } }",
                "1:50: error: upstreams[0].credentials.passwrod: unknown key; did you mean \"password\"?"
            ),
            (
                "{ username: { env: 'X' } }",
                "1:50: error: upstreams[0].credentials.username: unknown key; valid here: token, email, password"
            ),
            (
                "{ token: { hunter2: 1 } }",
                "1:59: error: upstreams[0].credentials.token: this key is unknown; valid here: env, file"
            ),
            (
                "{ token: { evn: 'X' } }",
                "1:59: error: upstreams[0].credentials.token.evn: unknown key; did you mean \"env\"?"
            ),
            (
                "{ hunter2: 'x' }",
                "1:59: warning: upstreams[0].credentials: the secret stands in the file itself, "
                    + "for everybody who reads it; use { env: \"NAME\" } or { file: \"PATH\" }"
            ),
            (
                "{ hunter2: 1, hunter2: 2 }",
                "1:62: error: upstreams[0].credentials: the key stands twice; the first is on line 1"
            ),
        ]
    )
    func unknownKeys(credentials: String, problem: String) {
        let problems = LoaderHarness(environment: ["X": "x"]).problems(
            "{upstreams:[{id:'a',provider:'gmi',credentials:\(credentials)}]}"
        )
        #expect(problems.contains(problem), "\(problems)")
    }

    @Test("A switched-off upstream may lack its secrets: a warning, and no such credential")
    func switchedOff() {
        let loaded = load("{env:'NONE'}", enabled: false)
        #expect(problems(loaded) == ["warning: the environment variable NONE is not set"])
        #expect(loaded.configuration?.upstreams[0].settings.credentials.isEmpty == true)
        #expect(loaded.configuration?.upstreams[0].policy.enabled == false)
    }

    @Test(
        "A cursor key is 32 bytes in hexadecimal, base64 or base64url",
        arguments: [
            "00ff" + String(repeating: "aB", count: 30),
            "AP+r" + String(repeating: "q6ur", count: 9) + "q6s=",
            "AP-r" + String(repeating: "q6ur", count: 9) + "q6s",
        ]
    )
    func cursorKeys(text: String) throws {
        let bytes = try KeyText.bytes32(text)
        #expect(bytes.prefix(2) == [0x00, 0xFF])
        #expect(bytes.dropFirst(2).allSatisfy { $0 == 0xAB })
    }

    @Test(
        "A secret that was planted is in no problem and no description, however the text is damaged"
    )
    func planted() {
        let seed = UInt64.random(in: 0...(.max))
        var random = SeededGenerator(seed: seed)
        let planted = "pl4nt3d-S3cr3t"
        let harness = LoaderHarness(environment: ["P": planted], files: ["/p": planted])
        let sample = """
            {admin:{address:'127.0.0.1:1',key:'\(planted)'},cursor_key:"\(planted)",upstreams:[
            {id:'a',provider:'gmi',credentials:{email:{env:"P"},password:"\(planted)"}},
            {id:'b',provider:'zenlayer',region:'r',credentials:{token:{file:'/p'}}}]}
            """
        for _ in 0..<800 {
            let bytes = Mutation.mutated(Array(sample.utf8), with: &random)
            let text = String(decoding: bytes, as: UTF8.self)
            let loaded = harness.load(text)
            let shown = "\(loaded)" + loaded.problems.map(\.description).joined()
            guard shown.contains(planted) else { continue }
            Issue.record("seed \(seed): \(text)\n\(shown)")
            return
        }
    }
}
