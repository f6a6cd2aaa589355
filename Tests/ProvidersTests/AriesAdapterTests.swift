import ImageModel
import JSONText
import Providers
import Testing
import Upstreams

@Suite("Aries adapter")
struct AriesAdapterTests {
    @Test(
        "A member that is not for callers never reaches raw, wherever it stands",
        arguments: [
            #"[{"source_path":"C:\\secret","id":1,"name":"a"}]"#,
            #"[{ "source_path" : {"x":[1]} , "id":1,"name":"a" }]"#,
            #"[{"id":1,"source_path":null,"name":"a"}]"#,
            #"[{"id":1,"name":"a","source_path":"secret"}]"#,
            #"[{"source_path":1,"source_path":2,"id":1,"source_path":3,"name":"a"}]"#,
        ]
    )
    func droppedMember(body: String) throws {
        let page = try Adapters.aries().decodePage(UpstreamResponse(200, body), at: .first)
        let raw = try JSONValue(parsing: try #require(page.images.first).raw)
        #expect(raw == .object([.init("id", .number("1")), .init("name", .string("a"))]))
    }

    @Test(
        "A bare x86 is the 32-bit processor, in any case of letters",
        arguments: [
            ("x86", Architecture.i386), ("X86", .i386), ("x64", .x86_64), ("x86_64", .x86_64),
            ("aarch64", .arm64), ("ppc", .unknown),
        ]
    )
    func processor(text: String, architecture: Architecture) throws {
        let body = #"[{"id":1,"name":"base","os_architecture":"\#(text)"}]"#
        let page = try Adapters.aries().decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.images.map(\.architecture) == [architecture])
    }

    @Test(
        "An image without a name is shown by its id, which is no version of its system",
        arguments: ["", "null"]
    )
    func unnamed(text: String) throws {
        let name = text.isEmpty ? #""""# : text
        let body = #"[{"id":22,"name":\#(name),"os_name":"Ubuntu"}]"#
        let page = try Adapters.aries().decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.images.map(\.name) == ["22"])
        #expect(page.images.map(\.os.distribution) == ["ubuntu"])
        #expect(page.images.map(\.os.version) == [nil])
    }

    @Test("A body of null is an empty list")
    func nullBody() throws {
        let page = try Adapters.aries().decodePage(UpstreamResponse(200, " null "), at: .first)
        #expect(page.images.isEmpty && page.next == nil)
    }

    @Test(
        "Each credential form sends its own field",
        arguments: [
            ([:], nil),
            (
                ["username": "admin", "password": "password"],
                UpstreamField("Authorization", "Basic YWRtaW46cGFzc3dvcmQ=")
            ),
            (["token": "t"], UpstreamField("Authorization", "Bearer t")),
            (
                ["header_name": "X-Key", "header_value": "v w"],
                UpstreamField("X-Key", "v w")
            ),
        ] as [([String: String], UpstreamField?)]
    )
    func credentialForms(credentials: [String: String], field: UpstreamField?) throws {
        let adapter = try Adapters.make("aries", endpoint: "http://10.20.0.11:8080/", credentials)
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.url == "http://10.20.0.11:8080/aries/api/v1/image/list")
        let accept = UpstreamField("Accept", "application/json")
        #expect(request.fields == [accept] + [field].compactMap(\.self))
    }

    @Test("The path of the list can be configured")
    func configuredPath() throws {
        let adapter = try Adapters.make(
            "aries",
            endpoint: "https://a.example/node",
            path: "/v2/images",
            [:]
        )
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.url == "https://a.example/node/v2/images")
    }

    @Test(
        "Settings that cannot work are refused",
        arguments: [
            (["username": "a"], nil), (["username": "a:b", "password": "c"], nil),
            (["token": ""], nil), (["token": "a\r\nX: y"], nil),
            (["header_name": "no token", "header_value": "v"], nil),
            ([:], "images"), ([:], "//other.example/x"), ([:], "/a?b"), ([:], "/a b"),
        ] as [([String: String], String?)]
    )
    func refusedSettings(credentials: [String: String], path: String?) {
        let error = #expect(throws: UpstreamError.self) {
            try Adapters.make("aries", path: path, credentials)
        }
        #expect(error?.code == .misconfigured)
    }
}
