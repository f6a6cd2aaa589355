import ImageModel
import JSONText
import Providers
import Testing
import Upstreams

@Suite("Zenlayer adapter")
struct ZenlayerAdapterTests {
    @Test("Members of the newer compute API are used where they are present")
    func newerMembers() throws {
        let body = #"""
            {"response":{"totalCount":2,"dataSet":[
            {"imageId":"ubuntu2404_20240712","imageSource":"MARKETING","minDiskSize":25,"imageSize":"20",
             "imageStatus":"FAILED","tags":{"tags":[{"key":"env","value":"prod"},{"key":"solo","value":""}]}},
            {"imageId":"b","imageStatus":"DELETING","tags":[{"key":"a","value":"b"}],"imageSize":1.5}]}}
            """#
        let page = try Adapters.zenlayer().decodePage(UpstreamResponse(200, body), at: .first)
        #expect(
            page.images.map(\.summary) == [
                "zenlayer:FRA-A:ubuntu2404_20240712 | ubuntu2404_20240712 | - | - | linux/ubuntu/24.04/unknown | marketplace | error"
                    + " | - | - | 25GB | - | - | - | env=prod,solo",
                "zenlayer:FRA-A:b | b | - | - | unknown/-/-/unknown | - | unavailable | - | - | 2GB | - | - | - | a=b",
            ]
        )
    }

    @Test(
        "Every documented state has its status, and none is taken for another",
        arguments: [
            ("AVAILABLE", ImageStatus.available), ("CREATING", .pending), ("SYNCING", .pending),
            ("PROCESSING", .pending), ("UNAVAILABLE", .error), ("FAILED", .error),
            ("DELETING", .unavailable), ("NEWER", nil),
        ] as [(String, ImageStatus?)]
    )
    func states(word: String, status: ImageStatus?) throws {
        let row = "{\"imageId\":\"a\",\"imageName\":\"a\",\"imageStatus\":\"\(word)\"}"
        let body = "{\"response\":{\"totalCount\":1,\"dataSet\":[\(row)]}}"
        let page = try Adapters.zenlayer().decodePage(UpstreamResponse(200, body), at: .first)
        #expect(page.images.map(\.status) == [status])
        #expect(page.drift == (status == nil ? ["imageStatus:value"] : []))
    }

    @Test("The list call is a signed POST whose body names the zone")
    func signedRequest() throws {
        let request = try Adapters.zenlayer().pageRequest(
            at: .number(2, after: 100),
            pushdown: Pushdown([
                .init("imageIds", ["a", "b"]), .init("imageType", ["PUBLIC_IMAGE"]),
            ]),
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.method == "POST")
        #expect(request.url == "https://console.zenlayer.com/api/v2/vm")
        #expect(
            request.text
                == #"{"zoneId":"FRA-A","imageIds":["a","b"],"imageType":"PUBLIC_IMAGE","pageNum":2,"pageSize":100}"#
        )
        #expect(request.value(of: "X-ZC-Action") == "DescribeImages")
        #expect(request.value(of: "X-ZC-Version") == "2023-03-13")
        #expect(request.value(of: "X-ZC-Timestamp") == "1767225600")
        #expect(request.value(of: "X-ZC-Signature-Method") == "ZC2-HMAC-SHA256")
        #expect(
            request.value(of: "Authorization")?.hasPrefix(
                "ZC2-HMAC-SHA256 Credential=0D9UtpyKYcHxms5v, SignedHeaders=content-type;host, "
            ) == true
        )
    }

    @Test("A bearer token is sent alone, and the draft asks for a region")
    func bearerRequest() throws {
        let adapter = try Adapters.make("zenlayer", api: "draft", ["token": "t"])
        let request = try adapter.pageRequest(
            at: .first,
            pushdown: nil,
            session: nil,
            date: AdapterCase.date
        )
        #expect(request.text == #"{"regionId":"region-1","pageNum":1,"pageSize":100}"#)
        #expect(request.value(of: "Authorization") == "Bearer t")
        #expect(request.value(of: "X-ZC-Timestamp") == nil)
        #expect(request.value(of: "X-ZC-Signature-Method") == nil)
        #expect(request.value(of: "X-ZC-Action") == "DescribeImages")
    }

    /// Rows, total, number, rows before, next.
    @Test(
        "Paging ends where the list ends, not where one figure says so",
        arguments: [
            (3, 9, 1, 0, .number(2, after: 3)), (3, 3, 1, 0, .number(2, after: 3)),
            (3, 9, 3, 6, .number(4, after: 9)), (0, 9, 2, 3, nil), (0, 9, 4, 9, nil),
            // A provider that caps its pages below what was asked.
            (2, 9, 1, 0, .number(2, after: 2)), (2, 6, 2, 2, .number(3, after: 4)),
            (2, 5, 2, 3, nil),
            // A total that lies: only the page counts.
            (3, 1, 1, 0, .number(2, after: 3)), (2, 1, 1, 0, nil),
            (3, nil, 1, 0, .number(2, after: 3)), (2, nil, 1, 0, .number(2, after: 2)),
            (0, nil, 2, 2, nil),
            // A page longer than asked.
            (4, 9, 1, 0, .number(2, after: 3)),
        ] as [(Int, Int?, Int, Int, PagePosition?)]
    )
    func paging(
        rowCount: Int,
        total: Int?,
        number: Int,
        offset: Int,
        next: PagePosition?
    ) throws {
        let rows = (0..<rowCount).map { #"{"imageId":"img-\#($0)"}"# }.joined(separator: ",")
        let count = total.map { #""totalCount":\#($0),"# } ?? ""
        let body = #"{"response":{\#(count)"dataSet":[\#(rows)]}}"#
        let page = try Adapters.zenlayer(pageSize: 3).decodePage(
            UpstreamResponse(200, body),
            at: .number(number, after: offset)
        )
        #expect(page.next == next)
    }

    @Test("What the provider filters exactly is pushed down, nothing else")
    func pushdown() throws {
        let adapter = try Adapters.zenlayer()
        var query = ImageQuery()
        #expect(adapter.pushdown(for: query) == nil)
        query.ids = ["img-a", "zenlayer:FRA-A:img-b", "zenlayer:HKG-A:img-c"]
        query.visibilities = [.private]
        query.statuses = [.available]
        query.families = [.linux]
        #expect(
            adapter.pushdown(for: query)
                == Pushdown([
                    .init("imageIds", ["img-a", "img-b"]), .init("imageType", ["CUSTOM_IMAGE"]),
                    .init("imageStatus", ["AVAILABLE"]),
                ])
        )
        query.ids = ["两"]
        query.visibilities = [.private, .public]
        query.statuses = [.unavailable]
        #expect(adapter.pushdown(for: query) == nil)
    }
}
