import Configuration
import Cryptography
import Federation
import HTTPWire
import JSONText
import MonotonicTime
import Testing
import Upstreams

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

    @Test("An id that nobody lists is not found, though elements of a list could not be read")
    func unknownIDBesideUnreadable() async throws {
        let cloud = try SampleCloud(unreadableCount: 1)
        let answer = await cloud.get("/v1/images/gmi:us:99")
        #expect(answer.status == 404)
        let detail = try JSONValue(parsing: answer.body)["detail"]?.stringValue
        #expect(detail?.hasSuffix("not all could be read of: seen, hidden") == true)
        #expect(await cloud.get("/v1/images/gmi:us:1").status == 200)
        let failing = try SampleCloud(failure: UpstreamError(.connectionFailed, "refused"))
        #expect(await failing.get("/v1/images/gmi:us:99").status == 502)
    }

    @Test("A request with no-store gets an answer that nobody keeps")
    func noStore() async throws {
        let cloud = try SampleCloud()
        _ = await cloud.get("/v1/images")
        for target in ["/v1/images", "/v1/images/gmi:us:1"] {
            let answer = await cloud.get(target, control("no-store"))
            #expect(answer.status == 200)
            #expect(answer.fields.value(of: "cache-control") == "no-store")
        }
        #expect(try cloud.atOnce("/v1/images", ["Cache-Control: no-store"]) == nil)
    }

    @Test("min-fresh longer than a list can be fresh asks past the cache, and that is bounded")
    func minFresh() async throws {
        let cloud = try SampleCloud()
        _ = await cloud.get("/v1/images")
        _ = await cloud.get("/v1/images", control("min-fresh=1"))
        #expect(cloud.nodes.allSatisfy { $0.status(now: .now).walks == 1 })
        var statuses: [Int] = []
        for _ in 0..<7 {
            statuses.append(await cloud.get("/v1/images", control("min-fresh=86400")).status)
        }
        #expect(statuses.filter { $0 == 429 }.count >= 1)
        #expect(cloud.nodes.allSatisfy { $0.status(now: .now).walks > 1 })
    }

    @Test("A route takes the parameters that it has, and names those that it has not")
    func foreignParameters() async throws {
        let cloud = try SampleCloud()
        let cases = [
            ("/v1/upstreams?nosuch=1", "nosuch"), ("/v1/upstreams?limit=1&b", "limit"),
            ("/v1/upstreams?a=%ff", "a"), ("/v1/images?name=%ff", "name"),
            ("/v1/images/gmi:us:1?limit=1", "limit"),
        ]
        for (target, name) in cases {
            let answer = await cloud.get(target)
            let problem = try JSONValue(parsing: answer.joined().body)
            let named = problem["parameters"]?.arrayValue?.first?["name"]?.stringValue
            #expect(answer.status == 400 && named == name, "\(target): \(problem)")
        }
        #expect(await cloud.get("/v1/upstreams?").status == 200)
    }

    @Test(
        "The value of a parameter that there is nowhere is in no answer",
        arguments: ["/v1/images", "/v1/images/gmi:us:1", "/v1/upstreams"]
    )
    func unknownParameters(path: String) async throws {
        let cloud = try SampleCloud()
        for query in ["state=PLANTED", "csrf=PLANTED%ff", "limit=1&token=PLANTED&state=PLANTED"] {
            let answer = await cloud.get("\(path)?\(query)").joined()
            #expect(answer.status == 400)
            #expect(!String(decoding: answer.body, as: UTF8.self).contains("PLANTED"))
        }
    }

    @Test("More than 256 parameters are refused by their number", arguments: [256, 257])
    func parameterCount(_ count: Int) async throws {
        let cloud = try SampleCloud()
        let parameters = Array(repeating: "provider=gmi", count: count).joined(separator: "&")
        for path in ["/v1/images", "/v1/images/gmi:us:1", "/v1/upstreams"] {
            let answer = await cloud.get("\(path)?\(parameters)")
            let problem = try? JSONValue(parsing: answer.joined().body)
            let isRefused =
                problem?["type"]?.stringValue == "urn:image-gateway:problem:too-many-parameters"
            #expect(isRefused == (count > 256), "\(path)")
            guard isRefused else { continue }
            #expect(answer.status == 400 && problem?["parameters"] == nil)
            let detail = problem?["detail"]?.stringValue ?? ""
            #expect(detail.hasPrefix("at most 256 parameters are allowed"))
        }
    }

    @Test("Where origins count, every answer varies by them; elsewhere none does")
    func origins() async throws {
        let targets = [
            "/", "/docs", "/openapi.json", "/v1/images", "/v1/images?nosuch=1",
            "/v1/images/gmi:us:1", "/v1/upstreams", "/nosuch",
        ]
        let open = try SampleCloud(origins: ["https://portal.example"])
        let closed = try SampleCloud()
        for target in targets {
            let vary = await open.get(target).fields.combinedValue(of: "vary") ?? ""
            #expect(vary.split(separator: ", ").filter { $0 == "origin" }.count == 1, "\(target)")
            let plain = await closed.get(target).fields.combinedValue(of: "vary") ?? ""
            #expect(!plain.contains("origin"), "\(target)")
        }
        #expect(
            try #require(try open.atOnce("/v1/images")).contains("vary: accept-encoding, origin")
        )
    }

    @Test(
        "The link to the next page has one cursor, however the request spells the name of its own"
    )
    func nextLink() async throws {
        let cloud = try SampleCloud()
        let first = await cloud.get("/v1/images?limit=5")
        let link = try #require(first.fields.value(of: "link"))
        let cursor = link.split(separator: "cursor=")[1].prefix { $0 != ">" }
        for name in ["cursor", "%63ursor", "c%75rso%72"] {
            let second = await cloud.get("/v1/images?\(name)=\(cursor)&limit=5")
            let next = try #require(second.fields.value(of: "link"))
            #expect(next.contains("limit=5&cursor=") && !next.contains(cursor))
            #expect(next.hasPrefix("</v1/images?limit=5&cursor="))
        }
    }

    @Test(
        "A bad cursor is named among the other mistakes; a good one, or one nobody can judge, is not"
    )
    func cursorAmongMistakes() async throws {
        let cloud = try SampleCloud()
        let first = await cloud.get("/v1/images?limit=5&name=image*")
        let link = try #require(first.fields.value(of: "link"))
        let good = try #require(link.split(separator: "cursor=").last).prefix { $0 != ">" }
        var damaged = String(good)
        damaged.replaceSubrange(damaged.startIndex...damaged.startIndex, with: "!")
        let other = good.first == "A" ? "B\(good.dropFirst())" : "A\(good.dropFirst())"
        let cases: [(String, [String])] = [
            ("name=image*&limit=0&cursor=bad", ["limit", "cursor"]),
            ("name=image*&limit=0&cursor=", ["limit", "cursor"]),
            ("name=image*&limit=0&cursor=\(good)", ["limit"]),
            ("name=image*&cursor=\(other)&fields=x&explain=x", ["fields", "explain", "cursor"]),
            ("limit=0&cursor=\(good)", ["limit", "cursor"]),
            // Of another question, or of this one once it is right.
            ("name=image*&status=x&cursor=\(good)", ["status"]),
            ("name=image*&regoin=x&cursor=\(good)", ["regoin"]),
            ("name=image*&status=x&cursor=\(damaged)", ["status", "cursor"]),
            ("name=image*&limit=0&cursor=x&cursor=x", ["cursor", "limit"]),
            ("name=image*&cursor=bad", ["cursor"]),
        ]
        for (query, names) in cases {
            let answer = await cloud.get("/v1/images?\(query)")
            #expect(answer.status == 400, "\(query)")
            let parameters = try JSONValue(parsing: answer.body)["parameters"]?.arrayValue
            #expect(parameters?.compactMap { $0["name"]?.stringValue } == names, "\(query)")
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
                identity: .key(sha256: Digest.sha256.hash(Array(id.utf8))),
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
