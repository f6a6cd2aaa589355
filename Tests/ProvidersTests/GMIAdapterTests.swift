import ImageModel
import JSONText
import Providers
import Testing
import Upstreams

@Suite("GMI adapter")
struct GMIAdapterTests {
    static let expected = [
        "gmi:us-denver-1:0b7f2d8e-4f0a-4a43-9a5d-3d2c8f4f6a01 | Ubuntu 22.04 CUDA 12.4 | - | Ubuntu"
            + " | public | available | uefi | - | 480GB | - | 2025-02-11T03:20:15Z | -"
            + " | product=baremetal.h100.x8,product=baremetal.h200.x8",
        "gmi:tw-taipei-1:5c3a9b64-1d5e-4c7c-8e0e-7a1b2c3d4e02 | Rocky-9.4 | - | Rocky Linux | public"
            + " | available | bios | - | 480GB | - | 2024-11-30T08:45:00.123456Z | - | ",
        "gmi:us-denver-1:9e1d7c52-8b34-4f6a-b1c9-0d9e8f7a6b03 | acme-gb200-base | - | Ubuntu | private"
            + " | available | uefi | - | 1920GB | - | 2025-06-01T00:00:00Z | - | ",
    ]

    static func page(_ adapter: any ProviderAdapter) throws -> ListPage {
        let body = try Fixtures.read("gmi/page.json")
        return try adapter.decodePage(UpstreamResponse(status: 200, body: body), at: .first)
    }

    @Test("The documented list decodes into images of the data centres they name")
    func documentedList() throws {
        let page = try Self.page(Adapters.gmi())
        #expect(page.images.map(\.summary) == Self.expected)
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
        #expect(page.images.map(\.summary) == [Self.expected[0], Self.expected[2]])
        #expect(page.drift == ["idc:value"])
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

    @Test("A region that the provider's pattern forbids is refused")
    func forbiddenRegion() {
        let error = #expect(throws: UpstreamError.self) { try Adapters.gmi(region: "us denver") }
        #expect(error?.code == .misconfigured)
    }
}
