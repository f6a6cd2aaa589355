import Caching
import Catalogs
import Federation
import ImageModel
import Testing

@testable import GatewayAPI

@Suite("ListQueryDecoder")
struct ListQueryDecoderTests {
    private static let bounds = ListQueryDecoder.Bounds(
        pageSize: 50,
        pageSizeMax: 1_000,
        deadline: .seconds(2),
        providers: ["aries", "huawei-ims"],
        upstreams: ["up-1", "up-2"]
    )

    private func decode(_ text: String) throws -> ListRequest {
        try ListQueryDecoder.decode(QueryString(text), bounds: Self.bounds).request
    }

    /// The parameters to blame; empty where there are none.
    private func blamed(_ text: String) -> [Problem.Parameter] {
        do throws(Problem) {
            _ = try ListQueryDecoder.decode(QueryString(text), bounds: Self.bounds)
            return []
        } catch {
            return error.parameters
        }
    }

    @Test(
        "The value of a parameter that there is not is not said back",
        arguments: ["token=PLANTED", "state=PLANTED", "limi=PLANTED", "csrf=PLANTED%ff"]
    )
    func secrets(text: String) {
        #expect(blamed(text).map(\.value) == ["[redacted]"])
        #expect(blamed("limit=0&nosuch").map(\.value) == ["", "0"])
    }

    @Test("Without parameters the standard question is asked")
    func standard() throws {
        #expect(try decode("") == ListRequest(limit: 50, deadline: .seconds(2)))
    }

    @Test("Every filter reaches the query")
    func filters() throws {
        let request = try decode(
            "provider=aries,huawei-ims&region=r1&region=r2&upstream=up-1&id=a:b:c&name=Ub*&q=two+words"
                + "&os_family=linux,bsd&os_distribution=Ubuntu&os_version=22.04&architecture=arm64"
                + "&visibility=public&status=available&boot_mode=uefi&tag=env%3Dprod"
                + "&created_after=2024-01-01T00:00:00Z&created_before=2024-01-02T00:00:00Z"
                + "&updated_after=1970-01-01T00:00:01Z&updated_before=1970-01-01T00:00:02Z"
                + "&min_disk_gb_max=0&min_ram_mb_max=4096"
        )
        var query = ImageQuery()
        query.providers = ["aries", "huawei-ims"]
        query.regions = ["r1", "r2"]
        query.upstreams = ["up-1"]
        query.ids = ["a:b:c"]
        query.names = ["Ub*"]
        query.words = ["two", "words"]
        query.families = [.linux, .bsd]
        query.distributions = ["ubuntu"]
        query.versions = ["22.04"]
        query.architectures = [.arm64]
        query.visibilities = [.public]
        query.statuses = [.available]
        query.bootModes = [.uefi]
        query.tags = ["env=prod"]
        query.createdAfter = Timestamp(rfc3339: "2024-01-01T00:00:00Z")
        query.createdBefore = Timestamp(rfc3339: "2024-01-02T00:00:00Z")
        query.updatedAfter = Timestamp(seconds: 1)
        query.updatedBefore = Timestamp(seconds: 2)
        query.minDiskGBMax = 0
        query.minRAMMBMax = 4_096
        #expect(request.query == query)
    }

    @Test("Words of a search count once, all repetitions together, and there is an end to them")
    func words() throws {
        let most = (0..<32).map { "w\($0)" }.joined(separator: "+")
        #expect(try decode("q=a+b&q=b+c+a").query.words == ["a", "b", "c"])
        #expect(try decode("q=\(most)&q=\(most)").query.words.count == 32)
        #expect(blamed("q=\(most)+one-more").map(\.name) == ["q"])
    }

    @Test("A mark that stands on a blank is no blank")
    func blanks() throws {
        #expect(try decode("tag=%20%F0%9F%8F%BB,%20a%20").query.tags == ["\u{1F3FB}", "a"])
        #expect(blamed("tag=%20,a").map(\.name) == ["tag"])
    }

    @Test("Every member of the shape reaches the request")
    func shape() throws {
        let decoded = try ListQueryDecoder.decode(
            QueryString(
                "sort=-name,provider&limit=7&cursor=abc&fields=name,raw&latest_by=os_distribution"
                    + "&facets=provider,status&deadline=800ms&require=complete&explain=true"
            ),
            bounds: Self.bounds
        )
        let request = decoded.request
        #expect(decoded.requiresAll)
        #expect(request.order.terms.map(\.field) == [.name, .provider])
        #expect(request.limit == 7 && request.cursor == "abc" && request.explains)
        #expect(request.fields == FieldSelection([.id, .name, .raw]))
        #expect(request.latestBy.count == 1)
        #expect(request.facets.map(\.rawValue) == ["provider", "status"])
        #expect(request.deadline == .milliseconds(800))
    }

    @Test(
        "A limit is lowered to the maximum and never refused for being large",
        arguments: [
            ("1", 1), ("999", 999), ("1000", 1_000), ("1001", 1_000),
            ("99999999999999999999", 1_000),
        ]
    )
    func limits(_ text: String, expected: Int) throws {
        #expect(try decode("limit=\(text)").limit == expected)
    }

    @Test("Distributions and versions that differ in case only are one")
    func cases() throws {
        let query = try decode("os_distribution=Ubuntu,ubuntu,Debian&os_version=R2,r2").query
        #expect(query.distributions == ["ubuntu", "debian"])
        #expect(query.versions == ["r2"])
    }

    @Test("A deadline is never longer than the configured one")
    func deadlines() throws {
        #expect(try decode("deadline=1ms").deadline == .milliseconds(1))
        #expect(try decode("deadline=2s").deadline == .seconds(2))
        #expect(try decode("deadline=106751991167d").deadline == .seconds(2))
    }

    @Test(
        "A bad value is blamed on its parameter alone",
        arguments: [
            "provider=azure", "upstream=up-3", "os_family=Linux", "architecture=amd64",
            "visibility=x", "status=",
            "boot_mode=legacy", "region=", "region=a,,b", "name=,", "q=", "q=++", "tag=", "id=%00",
            "created_after=yesterday", "created_before=2024-01-01", "updated_after=",
            "updated_before=1",
            "min_disk_gb_max=-1", "min_ram_mb_max=1.5", "min_ram_mb_max=99999999999999999999",
            "sort=size",
            "sort=-", "limit=0", "limit=-1", "limit=", "limit=1e3", "limit=%2B1", "fields=nothing",
            "fields=",
            "latest_by=x", "facets=name", "deadline=0ms", "deadline=5", "deadline=1h30m",
            "deadline=99999999999999999999s", "require=all", "explain=yes", "explain=", "unknown=1",
            "NAME=1",
        ]
    )
    func bad(_ text: String) {
        let name = String(text.prefix { $0 != "=" })
        #expect(!blamed(text).isEmpty)
        #expect(blamed(text).allSatisfy { $0.name == name })
    }

    @Test(
        "A complaint about a time says which times there are",
        arguments: [
            "10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "0000-01-01T00:00:00%2B00:01",
            "9999-12-31T23:59:59-00:01", "2023-02-29T00:00:00Z", "2024-01-01T00:00:00",
        ]
    )
    func times(_ text: String) {
        let details = blamed("updated_before=\(text)").map(\.detail)
        #expect(
            details == [
                "is not an RFC 3339 time: an existing date of the years 0000 to 9999 (in UTC), "
                    + "a time of day and a zone, such as 2024-05-06T00:00:00Z"
            ]
        )
    }

    @Test("Every offending parameter is named at once")
    func together() {
        let names = blamed("limit=0&sort=x&colour=red&deadline=y&q=%ff&provider=z").map(\.name)
        #expect(Set(names) == ["limit", "sort", "colour", "deadline", "q", "provider"])
    }

    @Test("What stands alone may be given once, what is a list may be repeated")
    func repetition() {
        for parameter in ListParameter.allCases {
            let text = "\(parameter.rawValue)=1&\(parameter.rawValue)=1"
            let isBlamed = blamed(text).contains { $0.detail == "may be given once" }
            #expect(isBlamed == !parameter.isRepeatable)
        }
    }

    @Test(
        "A mistyped name or value is answered with the closest known one",
        arguments: [
            ("os_distributon=ubuntu", "os_distribution"), ("limt=5", "limit"),
            ("provider=huawei", "huawei-ims"),
            ("os_family=linus", "linux"), ("status=availabel", "available"),
            ("latestby=x", "latest_by"),
        ]
    )
    func suggestions(_ text: String, expected: String) {
        #expect(blamed(text).contains { $0.detail.contains("did you mean '\(expected)'?") })
    }

    @Test("Values of one filter are bounded", arguments: [199, 200, 201])
    func valueCount(_ count: Int) {
        let values = (0..<count).map { "r\($0)" }.joined(separator: ",")
        #expect(blamed("region=\(values)").isEmpty == (count <= 200))
    }

    @Test("The length of a value is bounded", arguments: [4_095, 4_096, 4_097])
    func valueLength(_ count: Int) {
        #expect(blamed("name=\(String(repeating: "n", count: count))").isEmpty == (count <= 4_096))
    }

    @Test("The complaint about a hostile query stays small")
    func amplification() {
        let names = (0..<250).map { "\(String(repeating: "x", count: 200))\($0)=1" }
        let values = Array(
            repeating: "provider=\(String(repeating: "y,", count: 2_000))z",
            count: 4
        )
        for text in [names.joined(separator: "&"), values.joined(separator: "&")] {
            let size = blamed(text).reduce(0) { $0 + $1.name.utf8.count + $1.detail.utf8.count }
            #expect(size > 0 && size < 16 << 10)
        }
    }

    @Test("Beyond forty mistakes are counted", arguments: [39, 40, 41, 200])
    func complaintCount(_ count: Int) {
        let values = (0..<count).map { "y\($0)" }.joined(separator: ",")
        let problem = #expect(throws: Problem.self) { try decode("facets=\(values)") }
        #expect(problem?.parameters.count == min(count, 40))
        #expect(problem?.detail.hasSuffix("; and \(count - 40) more") == (count > 40))
    }

    @Test(
        "A bound finer than a microsecond is the next microsecond, inclusive or not",
        arguments: [
            ("27Z", 27_000_000), ("27.000000Z", 27_000_000), ("27.0000005Z", 27_000_001),
            ("27.0000000Z", 27_000_000), ("27.00000000001Z", 27_000_001),
            ("27.1234567Z", 27_123_457), ("27.9999999Z", 28_000_000), ("27.000001Z", 27_000_001),
            ("27.55%2B00:31", 27_550_000 - 1_860_000_000), ("27.5+00:00", 27_500_000),
            ("27.0000001+00:00", 27_000_001), ("27%2B00:31", 27_000_000 - 1_860_000_000),
        ] as [(String, Int64)]
    )
    func finerBounds(_ text: String, microseconds: Int64) throws {
        let time = "1970-01-01T00:00:\(text)"
        let query = try decode(
            "created_after=\(time)&created_before=\(time)&updated_after=\(time)&updated_before=\(time)"
        ).query
        let bounds = [
            query.createdAfter, query.createdBefore, query.updatedAfter, query.updatedBefore,
        ]
        #expect(bounds.allSatisfy { $0?.microseconds == microseconds })
    }

    @Test("A zone whose plus sign was not encoded is read as it was meant")
    func zone() throws {
        let request = try decode("created_after=2024-01-01T08:00:00+08:00")
        #expect(request.query.createdAfter == Timestamp(rfc3339: "2024-01-01T00:00:00Z"))
    }
}
