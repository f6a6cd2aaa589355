import Testing

@testable import Configuration

@Suite("Clients in a configuration")
struct ClientProblemTests {
    private let harness = LoaderHarness(
        files: ["keys.json": "good", "bad.json": "bad", "ca.pem": "-----BEGIN CERTIFICATE-----"]
    )
    private let key = String(repeating: "0", count: 64)

    /// The errors of one client, without place and path up to `clients[0]`.
    private func errors(_ members: String, root: String = "") -> [String] {
        harness.errors(ofRoot: "\(root)clients:[{id:'c',\(members)}],").map { error in
            error.split(separator: "clients[0]", maxSplits: 1).last.map(String.init) ?? error
        }
    }

    private func jwt(_ changes: String = "", jwks: String = "file:'keys.json'") -> String {
        "jwt:{issuer:'https://id.example',audience:['a'],jwks:{\(jwks)}\(changes)}"
    }

    @Test("A client with a token has its defaults filled in")
    func defaults() throws {
        let text =
            "{upstreams:[{id:'a',provider:'aries',endpoint:'http://127.0.0.1:1'}],"
            + "clients:[{id:'c',\(jwt())}]}"
        let loaded = harness.load(text)
        let client = try #require(loaded.configuration?.clients?.first, "\(loaded.problems)")
        let expected = TokenClientConfiguration(
            issuer: "https://id.example",
            audiences: ["a"],
            keys: .init(place: .file("keys.json"))
        )
        #expect(client.identity == .token(expected))
        #expect(client.upstreams == .all)
    }

    @Test("A client is known by one thing")
    func choice() {
        #expect(
            errors("")
                == [": has none of key_sha256, jwt, certificate; add one of them"]
        )
        #expect(
            errors("key_sha256:'\(key)',\(jwt())")
                == [".jwt: only one of key_sha256, jwt, certificate may stand here"]
        )
        #expect(errors(jwt(jwks: "")) == [".jwt.jwks: has none of url, file; add one of them"])
        #expect(
            errors(jwt(jwks: "url:'https://id.example/keys',file:'keys.json'"))
                == [".jwt.jwks.file: only one of url, file may stand here"]
        )
        #expect(errors("key:'x',key_sha256:'\(key)'").first?.contains("unknown key") == true)
        #expect(
            errors("jwt_:{}, key_sha256:'\(key)'") == [".jwt_: unknown key; did you mean \"jwt\"?"]
        )
    }

    @Test("The SHA-256 of an empty key, which is what an unset variable yields, is refused")
    func emptyKey() {
        let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        let hint = "set KEY before: printf %s \"$KEY\" | sha256sum"
        for text in [digest, digest.uppercased()] {
            #expect(
                errors("key_sha256:'\(text)'")
                    == [".key_sha256: is the SHA-256 of an empty key; \(hint)"]
            )
        }
        #expect(errors("key_sha256:'\(digest.dropLast())6'") == [])
    }

    @Test("Keys come encrypted, from this machine or from a file that can be read and used")
    func keySets() {
        #expect(errors(jwt(jwks: "url:'https://id.example/keys?v=2'")) == [])
        #expect(errors(jwt(jwks: "url:'http://127.0.0.1:8080/keys'")) == [])
        #expect(errors(jwt(jwks: "url:'http://[::1]:8080/keys'")) == [])
        #expect(
            errors(jwt(jwks: "url:'http://id.example/keys'"))
                == [".jwt.jwks.url: would fetch keys in the clear; use https://"]
        )
        #expect(
            errors(jwt(jwks: "url:'https://u:p@id.example/'")).first?.contains("user name") == true
        )
        #expect(errors(jwt(jwks: "url:'https://u:p@id.example/'")).first?.contains("u:p") == false)
        #expect(errors(jwt(jwks: "url:'https://id.example/#x'")).count == 1)
        #expect(
            errors(jwt(jwks: "file:'none.json'")).first?.contains("none.json\" does not exist")
                == true,
            "\(errors(jwt(jwks: "file:'none.json'")))"
        )
        #expect(
            errors(jwt(jwks: "file:'bad.json'"))
                == [".jwt.jwks.file: the file \"bad.json\" holds no usable key"]
        )
        #expect(
            errors(jwt(jwks: "file:'keys.json',ca_file:'ca.pem'"))
                == [".jwt.jwks.ca_file: a file is not fetched, so there is nobody to trust"]
        )
    }

    @Test("Algorithms are the three that are checked; the rest has its range and its did-you-mean")
    func members() {
        #expect(errors(jwt(",algorithms:['ES256']")) == [])
        for name in ["none", "HS256", "PS256", "RS512"] {
            #expect(errors(jwt(",algorithms:['\(name)']")).count == 1, "\(name)")
        }
        #expect(errors(jwt(",algorithms:[]")).count == 1)
        #expect(errors(jwt(",clock_skew:'11m'")).count == 1)
        #expect(errors(jwt(",clock_skew:'10m'")) == [])
        #expect(
            errors(jwt(",audiance:['a']")).first?.contains("did you mean \"audience\"?") == true
        )
        #expect(errors(jwt(",claims:[{name:'g',any_of:[]}]")).count == 1)
        #expect(errors(jwt(",claims:[{name:'g',any_of:['x']}]")) == [])
        #expect(errors(jwt(jwks: "file:'keys.json',refresh:'29s'")).count == 1)
        #expect(errors(jwt(jwks: "file:'keys.json',refresh:'30s'")) == [])
    }

    @Test("A certificate is asked for before a client can be known by it")
    func certificates() {
        let listen = "listen:{tls:{certificate:'ca.pem',key:'key.pem',client_ca:'ca.pem'}},"
        var withKey = harness
        withKey.files["key.pem"] = "-----BEGIN PRIVATE KEY-----"
        let client = "clients:[{id:'c',certificate:{san:'DNS:Portal.example'}}],"
        #expect(withKey.errors(ofRoot: listen + client) == [])
        #expect(
            errors("certificate:{subject:'CN=a'}")
                == [".certificate: no certificate is ever asked for; add listen.tls.client_ca"]
        )
        for text in ["portal.example", "ip:127.0.0.1", "dns:"] {
            let errors = errors("certificate:{san:'\(text)'}")
            #expect(errors.contains { $0.contains("has no kind and name") }, "\(errors)")
        }
    }

    @Test(
        "A subject is kept as OpenSSL prints it in the form of RFC 2253",
        arguments: [
            ("subject=CN=batch,O=Example", "CN=batch,O=Example"),
            ("cn=a,o=b,1.2.3.4.5=#0C036F6464", "CN=a,O=b,1.2.3.4.5=#0C036F6464"),
            ("UID=7+CN=x,DC=org,DC=example", "UID=7+CN=x,DC=org,DC=example"),
            ("CN=M\u{FC}ller\\, S\\c3\\b6hne + Co", nil),
            (
                "CN=M\u{FC}ller\\, S\\c3\\b6hne \\+ Co #1",
                "CN=M\\C3\\BCller\\, S\\C3\\B6hne \\+ Co #1"
            ),
            ("CN=\\ lead and trail\\ ,O=", "CN=\\ lead and trail\\ ,O="),
            ("/CN=a", nil), ("UID = 7 + CN = x", nil), ("CN=a,", nil), ("CN=a, O=b", nil),
            ("CN=a ", nil), ("CN= a", nil), ("a", nil), ("=a", nil), ("CN=\"a\"", nil),
            ("CN=a\\", nil), ("CN=#x", nil), ("subject=", nil), ("CN=a\\z", nil),
        ]
    )
    func subjects(text: String, printed: String?) {
        #expect((try? SubjectText.printed(text)) == printed)
    }

    @Test("A subject in another form is an error that shows the right one")
    func subjectForm() {
        let errors = errors("certificate:{subject:'/CN=a'}")
        #expect(
            errors.contains {
                $0.hasPrefix(".certificate.subject: is no name in the form of RFC 2253")
                    && $0.contains("for example \"CN=portal,O=Example\"")
            },
            "\(errors)"
        )
    }

    @Test(
        "What is said of client certificates needs an authority",
        arguments: ["required", "optional"]
    )
    func certificatesWithoutAuthority(word: String) {
        var withKey = harness
        withKey.files["key.pem"] = "-----BEGIN PRIVATE KEY-----"
        func errors(_ members: String) -> [String] {
            withKey.errors(ofRoot: "listen:{tls:{certificate:'ca.pem',key:'key.pem'\(members)}},")
        }
        let hint = "add client_ca, or leave this key out where clients show no certificate"
        #expect(
            errors(",client_certificate:'\(word)'") == [
                "2:49: error: listen.tls.client_certificate: no certificate is ever asked for without "
                    + "client_ca; \(hint)"
            ]
        )
        #expect(errors(",client_certificate:'\(word)',client_ca:'ca.pem'") == [])
        #expect(errors("") == [])
    }

    @Test("A client that an earlier one leaves nothing to is an error")
    func reach() {
        func count(_ first: String, _ second: String) -> Int {
            harness.errors(ofRoot: "clients:[{id:'a',\(first)},{id:'b',\(second)}],")
                .count { $0.contains("is never met: clients[0] comes first") }
        }
        #expect(count(jwt(), jwt(",subject:'x'")) == 1)
        #expect(count(jwt(",subject:'x'"), jwt()) == 0)
        #expect(count(jwt(",subject:'x'"), jwt(",subject:'x'")) == 1)
        #expect(count(jwt(",subject:'x'"), jwt(",subject:'y'")) == 0)
        #expect(count(jwt(",claims:[{name:'g',any_of:['x']}]"), jwt()) == 0)
        #expect(count(jwt(",algorithms:['ES256']"), jwt()) == 0)
    }
}
