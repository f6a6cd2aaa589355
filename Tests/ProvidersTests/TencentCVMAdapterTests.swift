import ImageModel
import JSONText
import Providers
import Testing
import Upstreams

@Suite("Tencent CVM adapter")
struct TencentCVMAdapterTests {
    @Test("A deprecated image is deprecated whatever its state")
    func deprecatedImage() throws {
        let body =
            #"{"Response":{"TotalCount":1,"ImageSet":[{"ImageId":"img-1","ImageDeprecated":true}]}}"#
        let page = try Adapters.tencent().decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.images.map(\.status) == [.deprecated])
        #expect(page.images.map(\.name) == ["img-1"])
    }

    @Test("The list call of API 3.0 is a signed POST to the root")
    func currentRequest() throws {
        let request = try Adapters.tencent().pageRequest(
            at: .offset(200),
            pushdown: Pushdown([.init("image-type", ["PUBLIC_IMAGE"])]),
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.method == "POST")
        #expect(request.url == "https://cvm.tencentcloudapi.com/")
        #expect(
            request.text
                == #"{"Filters":[{"Name":"image-type","Values":["PUBLIC_IMAGE"]}],"Limit":100,"Offset":200}"#
        )
        #expect(request.value(of: "Content-Type") == "application/json")
        #expect(request.value(of: "X-TC-Action") == "DescribeImages")
        #expect(request.value(of: "X-TC-Version") == "2017-03-12")
        #expect(request.value(of: "X-TC-Timestamp") == "1767225600")
        #expect(request.value(of: "X-TC-Region") == "ap-guangzhou")
        let proof = try #require(request.value(of: "Authorization"))
        #expect(
            proof.hasPrefix(
                "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2026-01-01/cvm"
                    + "/tc3_request, SignedHeaders=content-type;host;x-tc-action, Signature="
            )
        )
    }

    @Test("The list call of 2017 carries its signature in the query")
    func legacyRequest() throws {
        let request = try Adapters.tencent(api: "2017").pageRequest(
            at: .first,
            pushdown: Pushdown([.init("image-type", ["PRIVATE_IMAGE", "SHARED_IMAGE"])]),
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.method == "GET" && request.body.isEmpty)
        #expect(request.url.hasPrefix("https://image.api.qcloud.com/v2/index.php?Action=DescribeI"))
        for part in [
            "Filters.1.Name=image-type", "Filters.1.Values.1=PRIVATE_IMAGE",
            "Filters.1.Values.2=SHARED_IMAGE", "Limit=100", "Offset=0", "Region=ap-guangzhou",
            "SignatureMethod=HmacSHA256", "Timestamp=1767225600", "Version=2017-03-12",
        ] {
            #expect(request.url.contains("&\(part)"))
        }
    }

    @Test("Nonces differ by page and by moment, and repeat for the same call")
    func nonces() throws {
        let adapter = try Adapters.tencent(api: "2017")
        let url = { (offset: Int, microseconds: Int64) in
            try adapter.pageRequest(
                at: .offset(offset),
                pushdown: nil,
                session: nil,
                date: Timestamp(microseconds: 1_767_225_600_000_000 + microseconds)
            ).url
        }
        let nonce = { (url: String) in url.split(separator: "&").first { $0.hasPrefix("Nonce=") } }
        #expect(try url(0, 0) == url(0, 0))
        #expect(try nonce(url(0, 0)) != nonce(url(0, 1)))
        #expect(try nonce(url(0, 0)) != nonce(url(100, 0)))
    }

    @Test("A temporary token travels beside the proof")
    func temporaryToken() throws {
        let credentials = ["secret_id": "a", "secret_key": "b", "token": "c+d"]
        let requests = try ["3.0", "2017"].map { api in
            try Adapters.make("tencent-cvm", api: api, credentials).pageRequest(
                at: .first,
                pushdown: nil,
                session: nil,
                date: AdapterCase.date
            )
        }
        #expect(requests[0].value(of: "X-TC-Token") == "c+d")
        #expect(requests[1].url.contains("&Token=c%2Bd&"))
    }

    /// Rows, total, offset, next.
    @Test(
        "Paging ends where the list ends, not where one figure says so",
        arguments: [
            (3, 9, 0, .offset(3)),
            (3, 3, 0, .offset(3)),
            (3, 6, 3, .offset(6)),
            (0, 9, 3, nil),
            (0, 6, 6, nil),
            // A provider that caps its pages below what was asked.
            (2, 9, 0, .offset(2)),
            (2, 2, 0, nil),
            // A total that lies: only the page counts.
            (3, 1, 0, .offset(3)),
            (2, 1, 0, nil),
            (3, nil, 0, .offset(3)),
            (2, nil, 0, .offset(2)), (0, nil, 2, nil),
            // A page longer than asked.
            (5, 9, 0, .offset(3)),
        ] as [(Int, Int?, Int, PagePosition?)]
    )
    func paging(rowCount: Int, total: Int?, offset: Int, next: PagePosition?) throws {
        let rows = (0..<rowCount).map { #"{"ImageId":"img-\#($0)"}"# }.joined(separator: ",")
        let count = total.map { #""TotalCount":\#($0),"# } ?? ""
        let body = #"{"Response":{\#(count)"ImageSet":[\#(rows)]}}"#
        let page = try Adapters.tencent(pageSize: 3).decodePage(
            UpstreamResponse(200, body),
            at: .offset(offset)
        )
        #expect(page.next == next)
        #expect(page.images.count == rowCount)
    }

    @Test("What the provider filters exactly is pushed down, nothing else")
    func pushdown() throws {
        let adapter = try Adapters.tencent()
        var query = ImageQuery()
        #expect(adapter.pushdown(for: query) == nil)
        query.ids = [
            "img-gvbnzy6f", "tencent-cvm:ap-guangzhou:img-7q9zkx3d", "gmi:x:img-3", "img-gvbnzy6f",
        ]
        query.visibilities = [.public, .shared]
        query.tags = ["env=prod"]
        query.names = ["CentOS*"]
        query.distributions = ["centos"]
        query.statuses = [.available]
        #expect(
            adapter.pushdown(for: query)
                == Pushdown([
                    .init("image-id", ["img-gvbnzy6f", "img-7q9zkx3d"]),
                    .init("image-type", ["PUBLIC_IMAGE", "SHARED_IMAGE"]),
                    .init("tag:env", ["prod"]),
                ])
        )
        query.ids = ["img-gvbnzy6f", "something else"]
        query.visibilities = [.public, .marketplace]
        query.tags = ["a=b=c"]
        #expect(adapter.pushdown(for: query) == nil)
        for other in [
            "img-gvbnzy6", "img-gvbnzy6fa", "img-GVBNZY6F", "img-0obultSdgPCVrJ0qEgDqkgTQR",
        ] {
            query.ids = ["img-gvbnzy6f", other]
            #expect(adapter.pushdown(for: query) == nil)
        }
        query.ids = (0..<6).map { "img-gvbnzy6\($0)" }
        query.tags = ["a", "b"]
        #expect(adapter.pushdown(for: query) == nil)
        query.tags = ["a"]
        #expect(adapter.pushdown(for: query) == Pushdown([.init("tag-key", ["a"])]))
        #expect(try Adapters.tencent(api: "2017").pushdown(for: query) == nil)
    }
}
