import HTTPWire
import JSONText
import Testing

@testable import ProviderSimulators

/// Every dialect, walked to its end by its own rules, lists each image once and what was meant.
@Suite struct WalkTests {
    @Test("Aries lists every image in one array, newest first")
    func aries() async throws {
        let simulation = Simulation()
        let answer = await simulation.send(
            "GET",
            "/aries/api/v1/image/list",
            ["authorization": "Bearer simulator-token"]
        )
        let rows = try #require(try answer.json.arrayValue)
        #expect(rows.texts("id") == (1...120).reversed().map(String.init))
        #expect(try await simulation.truth("aries").texts("native_id") == rows.texts("id"))
        #expect(try await simulation.truth("aries").texts("name") == rows.texts("name"))
    }

    @Test("Tencent's pages give each image once, and an empty page behind the end")
    func tencent() async throws {
        let simulation = Simulation()
        var ids: [String] = []
        for offset in stride(from: 0, through: 120, by: 40) {
            let body = #"{"Offset":\#(offset),"Limit":40}"#
            let fields = Signing.tencent(body, at: simulation.seconds)
            let answer = await simulation.send("POST", "/", fields, body: body)
            let response = try #require(try answer.json["Response"])
            #expect(response["TotalCount"]?.integerValue == 120)
            ids += try #require(response["ImageSet"]?.arrayValue).texts("ImageId")
        }
        #expect(Set(ids).count == 120)
        #expect(try await simulation.truth("tencent-cvm").texts("native_id") == ids)
    }

    @Test("Tencent's API of 2017 gives the same images in its older spelling")
    func tencentOf2017() async throws {
        let simulation = Simulation()
        var rows: [JSONValue] = []
        for (page, offset) in [0, 50, 100].enumerated() {
            let query = Signing.tencentOf2017(
                ["Offset": String(offset), "Limit": "50"],
                at: simulation.seconds,
                nonce: page + 1
            )
            let answer = await simulation.send("GET", "/v2/index.php?\(query)")
            let response = try #require(try answer.json["Response"])
            #expect(response["RequestID"] != nil && response["RequestId"] == nil)
            rows += try #require(response["ImageSet"]?.arrayValue)
        }
        let truth = try await simulation.truth("tencent-cvm", "&api=2017")
        #expect(truth.texts("native_id") == rows.texts("ImageId"))
        let labels = truth.map { $0["os"]?["label"]?.stringValue }
        #expect(labels == rows.map { $0["ImageOsName"]?.stringValue })
        #expect(truth.allSatisfy { $0["min_disk_gb"]?.isNull == true })
    }

    @Test("Zenlayer's pages give each image once in either shape", arguments: [false, true])
    func zenlayer(isDraft: Bool) async throws {
        let simulation = Simulation()
        var ids: [String] = []
        for page in 1...3 {
            let body = #"{"pageNum":\#(page),"pageSize":50,"zoneId":"FRA-A"}"#
            var fields = Signing.zenlayer(body, at: simulation.seconds)
            if isDraft {
                fields["x-tc-action"] = "DescribeImages"
                fields["x-zc-action"] = nil
            }
            let answer = await simulation.send("POST", "/api/v2/vm", fields, body: body)
            let response = try #require(try answer.json["response"])
            #expect(response["totalCount"]?.integerValue == 120)
            ids += try #require(response[isDraft ? "images" : "dataSet"]?.arrayValue).texts(
                "imageId"
            )
        }
        let truth = try await simulation.truth("zenlayer", isDraft ? "&api=draft" : "")
        #expect(truth.texts("native_id") == ids)
        #expect(truth.allSatisfy { ($0["region"]?.isNull == true) != isDraft })
    }

    @Test("Huawei's links lead through every image and end in an empty page after a full one")
    func huawei() async throws {
        let simulation = Simulation()
        var ids: [String] = []
        var target: String? = "/v2/images?limit=40"
        var pageCount = 0
        while let next = target, pageCount < 10 {
            let answer = await simulation.send("GET", next, ["x-auth-token": "simulator-token"])
            let page = try answer.json
            ids += try #require(page["images"]?.arrayValue).texts("id")
            target = page["next"]?.stringValue
            pageCount += 1
        }
        #expect(pageCount == 4)
        #expect(try await simulation.truth("huawei-ims").texts("native_id") == ids)
    }

    @Test("Huawei's native list has no links and is walked by markers")
    func huaweiNative() async throws {
        let simulation = Simulation()
        var ids: [String] = []
        for _ in 0..<3 {
            let query = ids.last.map { "limit=50&marker=\($0)" } ?? "limit=50"
            let fields = Signing.huawei("/v2/cloudimages", query, at: simulation.seconds)
            let answer = await simulation.send("GET", "/v2/cloudimages?\(query)", fields)
            #expect(try answer.json["next"] == nil)
            ids += try #require(try answer.json["images"]?.arrayValue).texts("id")
        }
        #expect(
            try await simulation.truth("huawei-ims", "&api=cloudimages").texts("native_id") == ids
        )
    }

    @Test("GMI lists every image in one array, each in its data centre")
    func gmi() async throws {
        let simulation = Simulation()
        let bearer = ["authorization": "Bearer simulator-token"]
        let rows = try #require(
            try await simulation.send("GET", "/api/v1/images", bearer).json.arrayValue
        )
        let truth = try await simulation.truth("gmi")
        #expect(truth.texts("native_id") == rows.texts("id"))
        #expect(truth.texts("region") == rows.texts("idc"))
        let denver = await simulation.send("GET", "/api/v1/images?idc=us-denver-1", bearer)
        let count = truth.texts("region").filter { $0 == "us-denver-1" }.count
        #expect(try denver.json.arrayValue?.count == count)
    }

    @Test("A removed image does not move the rows behind a Huawei marker")
    func markerAfterRemoval() async throws {
        let simulation = Simulation()
        let ids = try await simulation.truth("huawei-ims").texts("native_id")
        _ = try await simulation.change(
            #"{"provider":"huawei-ims","remove":["\#(ids[3])"],"add":5}"#
        )
        let target = "/v2/images?limit=3&marker=\(ids[9])"
        let answer = await simulation.send("GET", target, ["x-auth-token": "simulator-token"])
        #expect(try answer.json["images"]?.arrayValue?.texts("id") == Array(ids[10..<13]))
    }
}
