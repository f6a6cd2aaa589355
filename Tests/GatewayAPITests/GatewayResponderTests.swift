import Configuration
import Cryptography
import Federation
import HTTPWire
import JSONText
import Testing

@testable import GatewayAPI

@Suite("GatewayResponder")
struct GatewayResponderTests {
    private func control(_ value: String) -> [HTTPField] { [HTTPField("cache-control", value)] }

    @Test(
        "Compressed and plain answers never stand in for one another, however the wish is spelled"
    )
    func encodings() async throws {
        let cloud = try SampleCloud()
        _ = await cloud.get("/v1/images")
        let spellings = [
            (["Accept-Encoding: identity", "Accept-Encoding: gzip"], true),
            (["Accept-Encoding: gzip;q=0"], false), ([], false), (["Accept-Encoding: gzip"], true),
            (["Accept-Encoding: identity"], false),
        ]
        for (lines, isCompressed) in spellings + spellings.reversed() {
            guard let answer = try cloud.atOnce("/v1/images", lines) else { continue }
            #expect(answer.contains("content-encoding: gzip") == isCompressed)
        }
        let fields = [
            HTTPField("accept-encoding", "identity"), HTTPField("accept-encoding", "gzip"),
        ]
        #expect(
            await cloud.get("/v1/images", fields).fields.value(of: "content-encoding") == "gzip"
        )
    }

    @Test("Asking past the cache is bounded on both routes and by every directive that does it")
    func revalidation() async throws {
        for target in ["/v1/images", "/v1/images/gmi:us:1"] {
            for directive in ["no-cache", "max-age=0"] {
                let cloud = try SampleCloud()
                _ = await cloud.get("/v1/images")
                var statuses: [Int] = []
                for _ in 0..<7 {
                    statuses.append(await cloud.get(target, control(directive)).status)
                }
                #expect(statuses == [200, 200, 200, 200, 200, 429, 429])
                #expect(await cloud.get(target).status == 200)
                #expect(await cloud.get(target, control("max-age=60")).status == 200)
            }
        }
    }

    @Test("only-if-cached is answered from the cache or with 504, and asks nobody")
    func onlyIfCached() async throws {
        let cloud = try SampleCloud()
        for target in ["/v1/images", "/v1/images/gmi:us:1"] {
            #expect(await cloud.get(target, control("only-if-cached")).status == 504)
            #expect(await cloud.get(target, control("only-if-cached, no-cache")).status == 504)
        }
        #expect(cloud.nodes.allSatisfy { $0.status(now: .now).walks == 0 })
        _ = await cloud.get("/v1/images")
        for target in ["/v1/images", "/v1/images/gmi:us:1"] {
            #expect(await cloud.get(target, control("only-if-cached")).status == 200)
        }
    }

    @Test(
        "Equal content has an equal tag; another target has another one; 304 carries the same fields"
    )
    func tags() async throws {
        let cloud = try SampleCloud()
        _ = await cloud.get("/v1/images")
        var tags: Set<String> = []
        let targets = [
            "", "?limit=5", "?limit=6", "?fields=name", "/gmi:us:1", "/gmi:us:1?fields=name",
        ]
        for target in targets {
            let first = await cloud.get("/v1/images\(target)")
            let tag = try #require(first.fields.value(of: "etag"))
            tags.insert(tag)
            let again = await cloud.get("/v1/images\(target)", [HTTPField("if-none-match", tag)])
            #expect(again.status == 304 && again.body.isEmpty)
            for name in ["etag", "cache-control", "vary", "age"] {
                #expect(again.fields.value(of: name) == first.fields.value(of: name))
            }
            #expect(again.fields.value(of: "content-type") == nil)
        }
        #expect(tags.count == targets.count)
    }

    @Test("A client learns nothing of upstreams out of its scope")
    func scope() async throws {
        func client(_ id: String, _ scope: ClientConfiguration.UpstreamScope) -> ClientConfiguration
        {
            ClientConfiguration(
                id: id,
                keySHA256: Digest.sha256.hash(Array(id.utf8)),
                upstreams: scope
            )
        }
        let cloud = try SampleCloud(clients: [client("all", .all), client("one", .only(["seen"]))])
        func text(_ target: String, _ key: String) async -> String {
            let answer = await cloud.get(target, [HTTPField("x-api-key", key)])
            return String(decoding: answer.body, as: UTF8.self)
        }
        let targets = [
            "/v1/images", "/v1/images?explain=true&facets=upstream", "/v1/images?upstream=nobody",
            "/v1/images?upstream=hiddem", "/v1/upstreams", "/v1/images/gmi:us:1", "/v1/images/none",
        ]
        for target in targets {
            #expect(!(await text(target, "one")).contains("hidden"))
            #expect(!(try cloud.atOnce(target, ["X-API-Key: one"]) ?? "").contains("hidden"))
        }
        for target in targets.prefix(5) { #expect((await text(target, "all")).contains("hidden")) }
        #expect(try cloud.atOnce("/v1/images", ["X-API-Key: all"])?.contains("hidden") == true)
        #expect(try cloud.atOnce("/v1/images", ["X-API-Key: one"])?.contains("hidden") == false)
        #expect(try cloud.atOnce("/v1/images", ["X-API-Key: none"]) == nil)
    }
}
