import HTTPWire
import JSONText
import Testing
import Upstreams

@testable import image_gateway

@Suite struct ServingTests {
    private static let twin = """
        provider: "tencent-cvm", region: "ap-guangzhou", endpoint: "@sim",
        credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" }
        """

    @Test(
        "A thousand simultaneous cold requests make one walk of each upstream; a hundred filters none"
    )
    func upstreamCalls() async throws {
        let gateway = try TestGateway.demo()
        let statuses = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<1_000 { group.addTask { await gateway.get("/v1/images?limit=2").status } }
            return await group.reduce(into: Set<Int>()) { $0.insert($1) }
        }
        #expect(statuses == [200])
        let once = try await gateway.simulator("GET", "/__simulator/requests")
        for index in 0..<100 {
            let answer = try await gateway.json(
                "/v1/images?q=\(index % 10)&os_family=linux&min_disk_gb_max=\(index)"
            )
            #expect(answer["complete"]?.boolValue == true)
        }
        let after = try await gateway.simulator("GET", "/__simulator/requests")
        #expect(once["providers"] == after["providers"] && once["providers"] != nil, "\(after)")
    }

    @Test("Two upstreams on the same provider and region give one row per image with two sources")
    func twins() async throws {
        let gateway = try TestGateway(
            "upstreams: [{ id: \"a\", \(Self.twin) }, { id: \"b\", \(Self.twin) }]"
        )
        let answer = try await gateway.json("/v1/images?limit=1000")
        #expect(answer["total"]?.integerValue == 60, "\(answer)")
        let sources = answer["images"]?.arrayValue?.compactMap { $0["sources"]?.arrayValue?.count }
        #expect(sources == [Int](repeating: 2, count: 60))
    }

    @Test("An upstream that refuses connections is named while the others answer")
    func stoppedUpstream() async throws {
        let gateway = try TestGateway(
            """
            upstreams: [
              { id: "up", \(Self.twin) },
              { id: "down", provider: "gmi", endpoint: "http://127.0.0.1:1", credentials: { token: "x" }, retries: 0 },
            ]
            """
        )
        let response = await gateway.get("/v1/images")
        let body = try JSONValue(parsing: response.body)
        #expect(response.status == 200)
        #expect(body["complete"]?.boolValue == false)
        #expect(body["total"]?.integerValue == 60)
        #expect(body["upstreams"]?[1]?["state"]?.stringValue == "failed")
        #expect(
            body["upstreams"]?[1]?["error"]?["type"]?.stringValue
                == "urn:image-gateway:problem:connection-failed"
        )
        #expect(await gateway.get("/v1/images?require=complete").status == 502)
    }

    @Test("Every wrong parameter is named at once, with what would be right")
    func wrongParameters() async throws {
        let gateway = try TestGateway.demo()
        let response = await gateway.get(
            "/v1/images?os_distributon=ubuntu&limit=0&sort=-created&architecture=arm&created_after=yesterday&limit=5&explain=yes&x%zz=1"
        )
        let body = try JSONValue(parsing: response.body)
        #expect(response.status == 400)
        let names = body["parameters"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? []
        #expect(
            Set(names) == [
                "os_distributon", "limit", "sort", "architecture", "created_after", "explain",
                "x%zz",
            ]
        )
        let text = String(decoding: response.body, as: UTF8.self)
        #expect(text.contains("did you mean 'os_distribution'?"))
        #expect(text.contains("did you mean 'arm64'?"))
        #expect(response.fields.value(of: "content-type") == "application/problem+json")
        #expect(try await gateway.simulator("GET", "/__simulator/requests")["providers"] != nil)
    }

    @Test("A damaged cursor is 400 invalid-cursor")
    func wrongCursor() async throws {
        let gateway = try TestGateway.demo()
        let cursor = try #require(
            try await gateway.json("/v1/images?limit=2")["next_cursor"]?.stringValue
        )
        for text in [
            cursor + "A", String(cursor.dropLast()), "", "%F0%9F%98%80", cursor.lowercased(),
        ] {
            let response = await gateway.get("/v1/images?limit=2&cursor=\(text)")
            #expect(response.status == 400, "\(text)")
        }
        let other = await gateway.get("/v1/images?limit=2&os_family=linux&cursor=\(cursor)")
        #expect(String(decoding: other.body, as: UTF8.self).contains("problem:invalid-cursor"))
    }

    @Test("The next page follows from the Link field, and tags give 304")
    func headers() async throws {
        let gateway = try TestGateway.demo()
        let first = await gateway.get("/v1/images?limit=3&name=*")
        let link = try #require(first.fields.value(of: "link"))
        let target = String(link.dropFirst().prefix { $0 != ">" })
        let next = await gateway.get(target)
        #expect(next.status == 200)
        #expect(next.body != first.body)
        let tag = try #require((await gateway.get("/v1/images?limit=3")).fields.value(of: "etag"))
        let same = await gateway.get(
            "/v1/images?limit=3",
            [HTTPField("if-none-match", "\"x\", \(tag)")]
        )
        #expect(same.status == 304 && same.body.isEmpty)
        let packed = await gateway.get(
            "/v1/images?limit=100",
            [HTTPField("accept-encoding", "br, gzip;q=0.5")]
        )
        #expect(packed.fields.value(of: "content-encoding") == "gzip")
        #expect(Array(packed.body.prefix(2)) == [0x1F, 0x8B])
    }

    @Test("One image is found by its global id, an unknown one is 404 and names who was asked")
    func oneImage() async throws {
        let gateway = try TestGateway.demo()
        let row = try #require(
            try await gateway.json("/v1/images?limit=1&provider=gmi")["images"]?[0]
        )
        let id = try #require(row["id"]?.stringValue)
        #expect(try await gateway.json("/v1/images/\(id)") == row)
        let raw = try await gateway.json("/v1/images/\(id)?fields=raw")
        #expect(raw["raw"]?["OSSeries"] != nil && raw["raw"]?["path"] == nil)
        let missing = await gateway.get("/v1/images/gmi:nowhere:0")
        #expect(missing.status == 404)
        #expect(String(decoding: missing.body, as: UTF8.self).contains("gmi-global"))
    }

    @Test(
        "With client keys: 401 without, scope holds for rows, entries and filters, the rate limit is 429"
    )
    func clients() async throws {
        let key = Array("portal-key".utf8)
        let gateway = try TestGateway(
            """
            clients: [{ id: "portal", key_sha256: "\(TestKeys.digest(of: key))", upstreams: ["a"],
                        rate_limit: { requests_per_second: 0.001, burst: 4 } }],
            upstreams: [
              { id: "a", \(Self.twin) },
              { id: "b", provider: "gmi", endpoint: "@sim", credentials: { token: "simulator-token" } },
            ]
            """
        )
        #expect(await gateway.get("/v1/images").status == 401)
        let wrong = [HTTPField("authorization", "Bearer portal-keY")]
        #expect(await gateway.get("/v1/images", wrong).status == 401)
        let right = [HTTPField("authorization", "bearer portal-key")]
        let answer = try await gateway.json("/v1/images", right)
        #expect(answer["upstreams"]?.arrayValue?.count == 1)
        #expect(answer["total"]?.integerValue == 60)
        let hidden = await gateway.get(
            "/v1/images?upstream=b",
            [HTTPField("x-api-key", "portal-key")]
        )
        #expect(hidden.status == 403)
        var statuses: [Int] = []
        for _ in 0..<4 { statuses.append(await gateway.get("/v1/images", right).status) }
        #expect(statuses.contains(429))
    }

    @Test("A reload takes over at once, keeps unchanged lists, and a refused one changes nothing")
    func reload() async throws {
        let gateway = try TestGateway("upstreams: [{ id: \"a\", \(Self.twin) }]")
        _ = await gateway.get("/v1/images")
        let origin = gateway.simulators.origin
        let next = """
            { upstreams: [{ id: "a", \(Self.twin) },
              { id: "b", provider: "gmi", endpoint: "@sim", credentials: { token: "simulator-token" } }] }
            """
        let change = try gateway.gateway.replace(
            try TestGateway.load(next.replacing("@sim", with: origin))
        )
        #expect(change.contains("added: b"))
        let answer = try await gateway.json("/v1/images")
        #expect(
            answer["upstreams"]?.arrayValue?.compactMap { $0["state"]?.stringValue } == [
                "cached", "fresh",
            ]
        )
    }

    @Test("Unknown routes, methods and paths answer with what there is")
    func routes() async throws {
        let gateway = try TestGateway.demo()
        #expect(await gateway.get("/v1/image").status == 404)
        let post = await gateway.get("/v1/images", method: "POST")
        #expect(post.status == 405 && post.fields.value(of: "allow") == "GET, HEAD, OPTIONS")
        #expect(await gateway.get("/v1/images/%ff").status == 400)
        #expect(await gateway.get("/").status == 200)
        #expect(await gateway.get("/v1/upstreams").status == 200)
    }
}
