import ImageModel
import JSONText
import Providers
import Testing
import Upstreams

@Suite("GMI adapter")
struct GMIAdapterTests {
    static func page(_ adapter: any ProviderAdapter) throws -> ListPage {
        let body = try Fixtures.read("gmi/page.json")
        return try adapter.decodePage(UpstreamResponse(status: 200, body: body), at: .first)
    }

    @Test("Where an image lies in the store never reaches raw")
    func documentedList() throws {
        let page = try Self.page(Adapters.gmi())
        #expect(page.next == nil)
        #expect(page.drift == [])
        for image in page.images {
            let raw = try JSONValue(parsing: image.raw)
            #expect(raw["path"] == nil && raw["orgId"] != nil)
        }
    }

    @Test("A configured data centre is asked for, and images of others are left out")
    func configuredRegion() throws {
        let adapter = try Adapters.gmi(region: "us-denver-1")
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.url == "https://console.gmicloud.ai/api/v1/images?idc=us-denver-1")
        let page = try Self.page(adapter)
        #expect(page.images.map(\.name) == ["Ubuntu 22.04 CUDA 12.4", "acme-gb200-base"])
        #expect(page.drift == ["idc:value"])
    }

    @Test("A data centre that is no text leaves the image where it was asked for, and is noted")
    func unreadableRegion() throws {
        let body = #"[{"id":"1","name":"base","idc":5}]"#
        let page = try Adapters.gmi(region: "us-denver-1").decodePage(
            UpstreamResponse(200, body),
            at: .first
        )
        #expect(page.images.map(\.region) == ["us-denver-1"])
        #expect(page.drift == ["idc:type", "idc:missing"])
    }

    @Test(
        "The documented server URLs, which end in the API's own path, are endpoints too",
        arguments: [
            ("https://console.gmicloud.ai", ""), ("https://console.gmicloud.ai/", ""),
            ("https://console.gmicloud.ai/api", ""), ("https://console.gmicloud.ai/api/", ""),
            ("https://console.gmicloud.ai/api/v1", ""), ("https://console.gmicloud.ai/gmi", "/gmi"),
            ("https://console.gmicloud.ai/gmi/api", "/gmi"),
            ("https://console.gmicloud.ai/myapi", "/myapi"),
        ]
    )
    func endpoints(endpoint: String, prefix: String) throws {
        let place = "https://console.gmicloud.ai\(prefix)/api"
        let images = try Adapters.gmi(endpoint: endpoint).pageRequest(
            at: .first,
            pushdown: nil,
            session: nil,
            date: AdapterCase.date
        )
        #expect(images.url == "\(place)/v1/images")
        let session = try #require(try Adapters.gmiSession(endpoint: endpoint).session)
        let login = try session.request(after: nil, previous: nil, date: AdapterCase.date)
        #expect(login.url.hasPrefix("\(place)/"), "\(login.url)")
    }

    @Test("One data centre and one product are pushed down where their names can be sent")
    func pushdown() throws {
        let adapter = try Adapters.gmi()
        var query = ImageQuery()
        #expect(adapter.pushdown(for: query) == nil)
        query.regions = ["us-denver-1"]
        query.tags = ["product=baremetal.h100.x8"]
        let pushdown = try #require(adapter.pushdown(for: query))
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: pushdown,
            session: nil,
            date: AdapterCase.date
        )
        #expect(
            request.url
                == "https://console.gmicloud.ai/api/v1/images?idc=us-denver-1&product=baremetal.h100.x8"
        )
        #expect(request.value(of: "Authorization") == "Bearer key")
        query.regions = ["us denver"]
        query.tags = ["product="]
        #expect(adapter.pushdown(for: query) == nil)
        query.regions = ["a", "b"]
        query.tags = ["env=prod"]
        #expect(adapter.pushdown(for: query) == nil)
    }

    @Test(
        "A bare x86 is the 32-bit processor, in any case of letters",
        arguments: [
            ("x86", Architecture.i386), ("X86", .i386), ("i386", .i386), ("x86_64", .x86_64),
            ("x64", .x86_64), ("arm", .arm64), ("ppc", .unknown),
        ]
    )
    func processor(text: String, architecture: Architecture) throws {
        let body = """
            [{"id":"1","name":"base","idc":"us-denver-1","OSArchitecture":"\(text)"}]
            """
        let page = try Adapters.gmi().decodePage(
            UpstreamResponse(status: 200, body: Array(body.utf8)),
            at: .first
        )
        #expect(page.images.map(\.architecture) == [architecture])
    }

    @Test("A region that the provider's pattern forbids is refused")
    func forbiddenRegion() {
        let error = #expect(throws: UpstreamError.self) { try Adapters.gmi(region: "us denver") }
        #expect(error?.code == .misconfigured)
    }
}
