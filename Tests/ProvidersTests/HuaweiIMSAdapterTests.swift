import ImageModel
import JSONText
import Providers
import Testing
import Upstreams

@Suite("Huawei IMS adapter")
struct HuaweiIMSAdapterTests {
    static let lastID = "7a1d7a0e-2f0b-4f5c-9f30-1f0f3c9a5b11"

    static func page(_ name: String, api: String = "openstack") throws -> ListPage {
        let body = try Fixtures.read("huawei-ims/\(name)")
        return try Adapters.huawei(api: api, pageSize: 4).decodePage(
            UpstreamResponse(status: 200, body: body),
            at: .first
        )
    }

    static func rows(_ count: Int) -> String {
        (0..<count).map { #"{"id":"i\#($0)"}"# }.joined(separator: ",")
    }

    @Test("A page of the Glance-compatible list leads to the marker in its link")
    func openstackPage() throws {
        let page = try Self.page("page.openstack.json")
        #expect(page.next == .marker(Self.lastID))
        #expect(page.drift == [])
    }

    @Test("A page of the native list continues after its last image until one is empty")
    func nativePage() throws {
        let page = try Self.page("page.cloudimages.json", api: "cloudimages")
        #expect(page.next == .marker(Self.lastID))
        let body = #"{"images":[\#(Self.rows(3))]}"#
        let short = try Adapters.huawei(api: "cloudimages", pageSize: 4).decodePage(
            UpstreamResponse(200, body),
            at: .first
        )
        #expect(short.images.count == 3)
        #expect(short.next == short.images.last.map { .marker($0.nativeID) })
        let end = try Adapters.huawei(api: "cloudimages").decodePage(
            UpstreamResponse(200, #"{"images":[]}"#),
            at: .marker("x")
        )
        #expect(end.images.isEmpty && end.next == nil)
    }

    @Test("Storage addresses of a plain Glance stay behind")
    func plainGlance() throws {
        let page = try Self.page("page.openstack.glance.json")
        let raw = try JSONValue(parsing: try #require(page.images.first).raw)
        #expect(raw["locations"] == nil && raw["direct_url"] == nil)
        #expect(raw["os_distro"]?.stringValue == "debian")
        #expect(page.drift == [])
    }

    @Test("A withdrawn image is deprecated")
    func withdrawnImage() throws {
        let body = #"{"images":[{"id":"a","status":"active","__is_offshelved":"True"}]}"#
        let page = try Adapters.huawei().decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.images.map(\.status) == [.deprecated])
    }

    // MARK: Paging

    @Test(
        "The marker of a link on the own origin becomes the next position",
        arguments: [
            ("/v2/images?limit=2&marker=abc", .marker("abc")),
            ("/v2/images?marker=a%3Db&limit=2", .marker("a=b")),
            ("https://IMS.example:443/v2/images?marker=abc", .marker("abc")),
            ("/v2/images?page=2", .link("/v2/images?page=2")),
        ] as [(String, PagePosition)]
    )
    func ownLinks(link: String, next: PagePosition) throws {
        let body = #"{"images":[{"id":"a"}],"next":"\#(link)"}"#
        let page = try Adapters.huawei().decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.next == next)
    }

    @Test(
        "A link that leads away costs the next page, not this one",
        arguments: [
            #""https://evil.example/v2/images?marker=abc""#,
            #""//evil.example/v2/images?marker=abc""#,
            #""http://ims.example/v2/images?marker=abc""#,
            #""https://ims.example:444/v2/images?marker=a""#,
            #""https://ims.example@evil.example/?marker=a""#, #""/\\evil.example/?marker=abc""#,
            #""/v2/images?marker=a\r\nX-Evil: 1""#, #""ftp://ims.example/""#, "17",
            #"{"href":"/x"}"#,
        ]
    )
    func foreignLinks(link: String) throws {
        let adapter = try Adapters.huawei()
        let body = #"{"images":[{"id":"a"}],"next":\#(link)}"#
        let page = try adapter.decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.images.map(\.nativeID) == ["a"])
        let next = try #require(page.next)
        let error = #expect(throws: UpstreamError.self) {
            try adapter.pageRequest(at: next, pushdown: nil, session: nil, date: AdapterCase.date)
        }
        #expect(error?.code == .pagingFault)
    }

    @Test(
        "The list ends without a link, and only there",
        arguments: [
            #"{"images":[{"id":"a"}]}"#, #"{"images":[{"id":"a"}],"next":null}"#,
            #"{"images":[{"id":"a"}],"next":""}"#, #"{"images":[]}"#,
        ]
    )
    func ends(body: String) throws {
        let adapter = try Adapters.huawei()
        let page = try adapter.decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.next == nil)
        // An empty page that names a next one is for the walk to judge.
        let empty = UpstreamResponse(200, #"{"images":[],"next":"/v2/images?marker=a"}"#)
        #expect(try adapter.decodePage(empty, at: .first).next == .marker("a"))
    }

    @Test(
        "A marker that the provider no longer knows is lost, elsewhere the same answer is a refusal"
    )
    func lostMarker() throws {
        let adapter = try Adapters.huawei()
        for answer in [
            UpstreamResponse(400, "<html>400 Bad Request</html>"),
            UpstreamResponse(400, #"{"error":{"code":"IMG.0066","message":"x"}}"#),
        ] {
            for (position, code) in [
                (.marker("a"), .markerLost), (.link("/v2/images?x"), .markerLost),
                (.first, .invalidRequest),
            ] as [(PagePosition, UpstreamError.Code)] {
                let error = #expect(throws: UpstreamError.self) {
                    try adapter.decodePage(answer, at: position)
                }
                #expect(error?.code == code)
            }
        }
    }

    // MARK: Requests

    @Test("A static token goes into one field, and the query keeps a fixed order")
    func tokenRequest() throws {
        let request = try Adapters.huawei(endpoint: "https://cloud.example/image/").pageRequest(
            at: .marker("a b"),
            pushdown: Pushdown([.init("visibility", ["public"])]),
            session: nil,
            date: AdapterCase.date
        )
        #expect(
            request.url
                == "https://cloud.example/image/v2/images?limit=100&visibility=public&marker=a%20b"
        )
        #expect(
            request.fields == [
                UpstreamField("Accept", "application/json"),
                UpstreamField("X-Auth-Token", "static-token"),
            ]
        )
    }

    @Test(
        "An access key signs content type, host, project and date, and a security token with them"
    )
    func signedRequest() throws {
        let adapter = try Adapters.make(
            "huawei-ims",
            endpoint: "",
            region: "cn-north-4",
            [
                "access_key": "QTWAOYTTINDUT2QVKYUC", "secret_key": "s",
                "project_id": "1bed856811654c1cb661a6ca845ebc77", "security_token": "sts",
            ]
        )
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.url == "https://ims.cn-north-4.myhuaweicloud.com/v2/images?limit=100")
        #expect(request.value(of: "X-Sdk-Date") == "20260101T000000Z")
        #expect(request.value(of: "X-Project-Id") == "1bed856811654c1cb661a6ca845ebc77")
        #expect(request.value(of: "X-Security-Token") == "sts")
        #expect(
            request.value(of: "Authorization")?.hasPrefix(
                "SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, "
                    + "SignedHeaders=content-type;host;x-project-id;x-sdk-date;x-security-token, "
            ) == true
        )
    }

    @Test("What both kinds of server filter without loss is pushed down, nothing else")
    func pushdown() throws {
        let adapter = try Adapters.huawei()
        var query = ImageQuery()
        #expect(adapter.pushdown(for: query) == nil)
        query.ids = ["huawei-ims:cn-north-4:bc6bed6e-ba3a-4447-afcc-449174a3eb52"]
        query.visibilities = [.public]
        query.statuses = [.available]
        query.createdAfter = Timestamp(microseconds: 1_700_000_000_500_000)
        query.updatedBefore = Timestamp(microseconds: 1_700_000_000_500_000)
        query.names = ["x"]
        query.families = [.linux]
        query.tags = ["a"]
        #expect(
            adapter.pushdown(for: query)
                == Pushdown([
                    .init("id", ["bc6bed6e-ba3a-4447-afcc-449174a3eb52"]),
                    .init("visibility", ["public"]), .init("status", ["active"]),
                    .init("created_at", ["gte:2023-11-14T22:13:20Z"]),
                    .init("updated_at", ["lt:2023-11-14T22:13:21Z"]),
                ])
        )
        #expect(
            try Adapters.huawei(api: "cloudimages").pushdown(for: query)?.parameters[1]
                == .init("__imagetype", ["gold"])
        )
        query = ImageQuery()
        query.ids = ["not-an-id"]
        query.visibilities = [.shared]
        query.statuses = [.available, .pending]
        query.createdAfter = Timestamp(microseconds: .max)
        #expect(adapter.pushdown(for: query) == nil)
    }

    @Test("The native list is asked for one tag of which no image can be lost")
    func tagPushdown() throws {
        let native = try Adapters.huawei(api: "cloudimages")
        var query = ImageQuery()
        query.tags = ["env=prod"]
        let pushdown = try #require(native.pushdown(for: query))
        #expect(pushdown == Pushdown([.init("tag", ["env=prod"])]))
        let request = try native.pageRequest(
            at: .first,
            pushdown: pushdown,
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.url.hasSuffix("/v2/cloudimages?limit=100&tag=env%3Dprod"))
        // A plain Glance finds no `env.prod` by it, which we read as `env=prod`.
        #expect(try Adapters.huawei().pushdown(for: query) == nil)
        for tags in [
            ["env"], ["env=a=b"], ["=prod"], ["env="], ["a.b=c"], ["env=1.0"], ["env=a", "env=b"],
            ["env=" + String(repeating: "p", count: 256)],
        ] {
            query.tags = tags
            #expect(native.pushdown(for: query) == nil, "\(tags)")
        }
    }
}
