import Testing

@testable import Configuration

@Suite("Problems of upstreams and clients")
struct UpstreamProblemTests {
    private let harness = LoaderHarness(environment: ["X": "x"])

    private func problems(_ upstream: String) -> [String] {
        harness.load("{cursor_key:'\(String(repeating: "0", count: 64))',upstreams:[\(upstream)]}")
            .problems.filter { $0.keyPath != "cursor_key" }
            .map {
                "\($0.severity): \($0.keyPath): \($0.message)"
                    + ($0.suggestion.map { "; \($0)" } ?? "")
            }
    }

    @Test("A provider that does not exist names the one that was meant")
    func unknownProvider() {
        let errors = problems("{id:'a',provider:'hauwei-ims'}")
        #expect(
            errors == [
                "error: upstreams[0].provider: is none of \"aries\", \"zenlayer\", "
                    + "\"huawei-ims\", \"tencent-cvm\", \"gmi\"; did you mean \"huawei-ims\"?"
            ]
        )
    }

    @Test(
        "What a provider needs or does not know is an error at its key",
        arguments: [
            ("{id:'a',provider:'aries'}", "endpoint: is missing; aries has no address of its own"),
            (
                "{id:'a',provider:'huawei-ims',credentials:{token:{env:'X'}}}",
                "region: is missing; huawei-ims needs one"
            ),
            (
                "{id:'a',provider:'huawei-ims',region:'a b',credentials:{token:{env:'X'}}}",
                "region: makes no valid endpoint: the URL holds characters that no URL may hold; "
                    + "name the endpoint"
            ),
            (
                "{id:'a',provider:'gmi',credentials:{token:{env:'X'}},path:'/x'}",
                "path: gmi has no such key"
            ),
            (
                "{id:'a',provider:'gmi',credentials:{token:{env:'X'}},page_size:5}",
                "page_size: gmi lists everything in one answer; leave the key out"
            ),
            (
                "{id:'a',provider:'tencent-cvm',region:'r',page_size:101,"
                    + "credentials:{secret_id:'x',secret_key:{env:'X'}}}",
                "page_size: 101 is out of range; the range for tencent-cvm is 1 to 100"
            ),
            (
                "{id:'a',provider:'gmi',api:'3.0',credentials:{token:{env:'X'}}}",
                "api: gmi has no such dialect; leave the key out"
            ),
            (
                "{id:'a',provider:'gmi',credentials:{token:{env:'X'}},walk_timeout:'5s',call_timeout:'6s'}",
                "call_timeout: 6s is longer than walk_timeout, which is 5s"
            ),
            (
                "{id:'a',provider:'gmi',credentials:{token:{env:'X'}},walk_timeout:'1s',deadline:'2s'}",
                "deadline: 2s is longer than walk_timeout, which is 1s"
            ),
        ]
    )
    func providerRules(upstream: String, problem: String) {
        #expect(problems(upstream) == ["error: upstreams[0].\(problem)"])
    }

    @Test(
        "Keys that do nothing beside others are warnings",
        arguments: [
            ("retries:0,retry_budget:0.5", "retry_budget: does nothing: retries is 0"),
            ("retries:1,retry_budget:0.5", nil), ("retries:0", nil),
            (
                "hedge:{enabled:false,after:'1s'}",
                "hedge.after: does nothing: hedge.enabled is false"
            ),
            (
                "hedge:{enabled:false,budget:0.1}",
                "hedge.budget: does nothing: hedge.enabled is false"
            ),
            ("hedge:{enabled:false}", nil), ("hedge:{after:'1s'}", nil),
            (
                "endpoint:'http://127.0.0.1:1',tls:{ca_file:'ca.pem'}",
                "tls.ca_file: does nothing: the endpoint is http://"
            ),
            ("endpoint:'https://127.0.0.1:1',tls:{ca_file:'ca.pem'}", nil),
            ("tls:{ca_file:'ca.pem'}", nil),
        ]
    )
    func useless(members: String, problem: String?) {
        var harness = harness
        harness.files["ca.pem"] = "-----BEGIN CERTIFICATE-----"
        let upstream = "{id:'a',provider:'gmi',credentials:{token:{env:'X'}},\(members)}"
        let warnings = harness.load("{upstreams:[\(upstream)]}").problems
            .filter { $0.keyPath != "cursor_key" }
            .map { "\($0.severity): \($0.keyPath): \($0.message)" }
        #expect(warnings == (problem.map { ["warning: upstreams[0].\($0)"] } ?? []))
    }

    @Test(
        "Credentials that are no form say what is missing and too much, and list the forms",
        arguments: [
            (
                "provider:'gmi'",
                "are missing; gmi takes { token } or { email, password }"
            ),
            (
                "provider:'gmi',credentials:{}",
                "are missing; gmi takes { token } or { email, password }"
            ),
            (
                "provider:'gmi',credentials:{email:'e'}",
                "password is missing for { email, password }; gmi takes { token } or { email, password }"
            ),
            (
                "provider:'gmi',credentials:{email:'e',password:{env:'X'},token:{env:'X'}}",
                "token is too much for { email, password }; gmi takes { token } or { email, password }"
            ),
            (
                "provider:'huawei-ims',region:'r',credentials:{access_key:'a',project_id:'p'}",
                "secret_key is missing for { access_key, secret_key, project_id, security_token? }; "
                    + "huawei-ims takes { access_key, secret_key, project_id, security_token? } or "
                    + "{ username, password, domain, project } or { token }"
            ),
        ]
    )
    func forms(members: String, problem: String) {
        #expect(problems("{id:'a',\(members)}") == ["error: upstreams[0].credentials: \(problem)"])
    }

    @Test("A mistyped member of credentials is one error, not two")
    func mistypedCredential() {
        #expect(
            problems("{id:'a',provider:'gmi',credentials:{tokne:{env:'X'}}}")
                == ["error: upstreams[0].credentials.tokne: unknown key; did you mean \"token\"?"]
        )
    }

    @Test("iam_endpoint goes with a password, and only with it")
    func identityEndpoint() {
        let password = "username:'u',password:{env:'X'},domain:'d',project:'p'"
        let start = "{id:'a',provider:'huawei-ims',region:'r',"
        #expect(
            problems("\(start)credentials:{\(password)}}") == [
                "error: upstreams[0].iam_endpoint: is missing; "
                    + "credentials { username, password, domain, project } need it"
            ]
        )
        let both = "iam_endpoint:'https://iam.example',credentials:"
        #expect(problems("\(start)\(both){\(password)}}") == [])
        #expect(
            problems("\(start)\(both){token:{env:'X'}}}") == [
                "error: upstreams[0].iam_endpoint: is of no use without "
                    + "credentials { username, password, domain, project }"
            ]
        )
    }

    @Test("Ids and keys that stand twice are errors at the later one")
    func duplicates() {
        let upstream = "{id:'a',provider:'aries',endpoint:'http://127.0.0.1:1'}"
        #expect(
            problems("\(upstream),\(upstream)")
                == ["error: upstreams[1].id: the id \"a\" is taken by upstreams[0]"]
        )
        let key = String(repeating: "0", count: 64)
        let client = "{id:'c',key_sha256:'\(key)'}"
        let errors = harness.errors(ofRoot: "clients:[\(client),\(client)],")
        #expect(errors.count == 2)
        #expect(errors[0].hasSuffix("clients[1].id: the id \"c\" is taken by clients[0]"))
        #expect(errors[1].hasSuffix("clients[1].key_sha256: the key is taken by clients[0]"))
        #expect(!errors[1].contains(key))
    }

    @Test("A client's scope names upstreams that exist, or all")
    func scopes() {
        let key = String(repeating: "0", count: 64)
        let errors = harness.errors(
            ofRoot: "clients:[{id:'c',key_sha256:'\(key)',upstreams:['a','*','aa','nope']}],"
        )
        #expect(errors.count == 2)
        #expect(errors[0].hasSuffix("clients[0].upstreams[2]: no upstream has this id"))
        #expect(errors[1].hasSuffix("clients[0].upstreams[3]: no upstream has this id"))
    }

    @Test(
        "What works at a price is a warning and leaves a configuration",
        arguments: [
            (
                "{id:'a',provider:'gmi',endpoint:'http://gmi.example',credentials:{token:{env:'X'}}}",
                "endpoint: credentials cross the network in the clear, for all on the way; use https://"
            ),
            (
                "{id:'a',provider:'gmi',endpoint:'http://gmi.example',proxy:'http://p:1',"
                    + "credentials:{token:{env:'X'}}}",
                "endpoint: credentials cross the network in the clear, for all on the way, "
                    + "the proxy among them; use https://"
            ),
            (
                "{id:'a',provider:'gmi',deadline:'3s',credentials:{token:{env:'X'}}}",
                "deadline: no caller waits longer than request.deadline, which is 2s"
            ),
        ]
    )
    func warnings(upstream: String, problem: String) {
        #expect(problems(upstream) == ["warning: upstreams[0].\(problem)"])
    }

    @Test("http:// without credentials, or to this machine, draws no warning")
    func plainText() {
        #expect(problems("{id:'a',provider:'aries',endpoint:'http://aries.example'}") == [])
        let local =
            "{id:'a',provider:'gmi',endpoint:'http://[::1]:1',credentials:{token:{env:'X'}}}"
        #expect(problems(local) == [])
    }

    @Test("A missing cursor key, an open public port and upstreams all switched off draw warnings")
    func documentWarnings() {
        let loaded = harness.load(
            "{listen:{address:'0.0.0.0:1'},upstreams:[{id:'a',provider:'aries',endpoint:'http://h',enabled:false}]}"
        )
        #expect(loaded.configuration != nil)
        #expect(loaded.errors == [])
        #expect(loaded.warnings.map(\.keyPath) == ["cursor_key", "listen.address", "upstreams"])
    }

    @Test("All problems come at once, in the order of the text")
    func order() {
        let problems = harness.load(
            """
            { request: { deadline: 2 },
              upstreams: [
                { id: "a", provider: "nope", ttl: "x" },
                { id: "a", provider: "gmi", credentials: { token: "literal" }, retries: 9 },
              ],
              zzz: 1, request: {} }
            """
        ).problems
        #expect(
            problems.map { "\($0.line) \($0.severity) \($0.keyPath)" } == [
                "1 warning cursor_key", "1 error request.deadline", "3 error upstreams[0].provider",
                "3 error upstreams[0].ttl", "4 error upstreams[1].id",
                "4 warning upstreams[1].credentials.token", "4 error upstreams[1].retries",
                "6 error zzz", "6 error request",
            ]
        )
    }
}
