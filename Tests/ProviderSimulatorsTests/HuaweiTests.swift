import HTTPWire
import JSONText
import Testing

@testable import ProviderSimulators

@Suite struct HuaweiTests {
    private let simulation = Simulation()
    private let token = ["x-auth-token": "simulator-token"]

    private func tokenRequest(password: String, project: String?) -> String {
        let scope = project.map { #","scope":{"project":{"name":"\#($0)"}}"# } ?? ""
        return """
            {"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"simulator",\
            "password":"\(password)","domain":{"name":"simulator"}}}}\(scope)}}
            """
    }

    private func issue(_ password: String, _ project: String?) async -> HTTPResponse {
        let body = tokenRequest(password: password, project: project)
        return await simulation.send("POST", "/v3/auth/tokens?nocatalog=true", body: body)
    }

    @Test("A token of the identity service opens the list for a day and not longer")
    func tokenLifetime() async throws {
        let issued = await issue("simulator", "cn-north-4")
        #expect(issued.status == 201)
        let text = try #require(issued.fields.value(of: "x-subject-token"))
        #expect(text.hasPrefix("MII") && text.utf8.count > 1000)
        #expect(
            try issued.json["token"]?["expires_at"]?.stringValue == "2026-01-02T00:00:00.000000Z"
        )
        simulation.pass(seconds: 86_399)
        #expect(await simulation.send("GET", "/v2/images", ["x-auth-token": text]).status == 200)
        simulation.pass(seconds: 1)
        let late = await simulation.send("GET", "/v2/images", ["x-auth-token": text])
        #expect(late.status == 401)
        #expect(try late.json["error_code"]?.stringValue == "APIGW.0307")
    }

    @Test(
        "The identity service refuses a wrong password, and images refuse a token without project"
    )
    func tokenRefusals() async throws {
        let wrong = await issue("other", "cn-north-4")
        #expect(wrong.status == 401)
        #expect(try wrong.json["error"]?["code"]?.integerValue == 401)
        let domain = await issue("simulator", nil)
        let text = try #require(domain.fields.value(of: "x-subject-token"))
        #expect(await simulation.send("GET", "/v2/images", ["x-auth-token": text]).status == 403)
        #expect(await simulation.send("GET", "/v3/projects", ["x-auth-token": text]).status == 200)
        #expect(
            await simulation.send("GET", "/v2/images", ["x-auth-token": text + "0"]).status == 401
        )
    }

    @Test("A signature holds for fifteen minutes, for its secret and for its query")
    func signature() async throws {
        func status(late: Int64 = 0, secret: String = Signing.secret, sent: String) async -> Int {
            let seconds = simulation.seconds - late
            let fields = Signing.huawei("/v2/images", "limit=2", at: seconds, secret: secret)
            return await simulation.send("GET", sent, fields).status
        }
        #expect(await status(sent: "/v2/images?limit=2") == 200)
        #expect(await status(late: 900, sent: "/v2/images?limit=2") == 200)
        #expect(await status(late: 901, sent: "/v2/images?limit=2") == 401)
        #expect(await status(secret: "wrong", sent: "/v2/images?limit=2") == 401)
        #expect(await status(sent: "/v2/images?limit=3") == 401)
    }

    @Test(
        "Wrong parameters are refused in the image service's envelope",
        arguments: [
            ("limit=0", "IMG.0001"), ("limit=-1", "IMG.0001"), ("limit=ten", "IMG.0001"),
            ("marker=00000000-0000-4000-8000-000000000000", "IMG.0001"), ("marker=x", "IMG.0001"),
            ("__imagetype=silver", "IMG.0024"), ("created_at=2020-01-01T00:00:00Z", "IMG.0001"),
            ("name=foo:bar", "IMG.0001"), ("member_status=accepted", "IMG.0001"),
            ("sort_dir=up", "IMG.0001"),
        ]
    )
    func badParameters(query: String, code: String) async throws {
        let answer = await simulation.send("GET", "/v2/images?\(query)", token)
        #expect(answer.status == 400)
        #expect(try answer.json["error"]?["code"]?.stringValue == code)
    }

    @Test("A page has 25 rows unless asked, and 1000 at most")
    func pageSizes() async throws {
        let large = Simulation(imageCount: 1500)
        for (query, count) in [("", 25), ("?limit=1000", 1000), ("?limit=5000", 1000)] {
            let answer = await large.send("GET", "/v2/images\(query)", token)
            #expect(try answer.json["images"]?.arrayValue?.count == count)
        }
        let native = await large.send("GET", "/v2/cloudimages", token)
        #expect(try native.json["images"]?.arrayValue?.count == 500)
    }

    @Test("Filters of members, dates and tags select what the truth says")
    func filters() async throws {
        let truth = try await simulation.truth("huawei-ims")
        func ids(_ query: String) async throws -> [String]? {
            let answer = await simulation.send("GET", "/v2/images?limit=1000&\(query)", token)
            return try answer.json["images"]?.arrayValue?.texts("id")
        }
        let gold = truth.filter { $0["visibility"]?.stringValue == "public" }.texts("native_id")
        #expect(try await ids("__imagetype=gold") == gold)
        let middle = try #require(truth[60]["created_at"]?.stringValue)
        let older = truth.filter { ($0["created_at"]?.stringValue ?? "") < middle }.texts(
            "native_id"
        )
        #expect(try await ids("created_at=lt:\(middle)") == older)
        let team = truth.filter { $0["tags"]?.arrayValue?.contains(.string("team=web")) == true }
        #expect(!team.isEmpty)
        #expect(try await ids("tag=team%3Dweb") == team.texts("native_id"))
        let name = try #require(truth[5]["name"]?.stringValue)
        #expect(try await ids("name=\(QueryText.encoded(name))")?.count == 1)
        #expect(try await ids("nobody_knows=this") == [])
        #expect(try await ids("sort_dir=asc") == truth.texts("native_id").reversed())
    }

    @Test("One image is found by its id; another id is not, and a malformed one is refused")
    func detail() async throws {
        let id = try #require(try await simulation.truth("huawei-ims").texts("native_id").first)
        #expect(
            try await simulation.send("GET", "/v2/images/\(id)", token).json["id"]?.stringValue
                == id
        )
        let other = "00000000-0000-4000-8000-000000000000"
        #expect(await simulation.send("GET", "/v2/images/\(other)", token).status == 404)
        #expect(await simulation.send("GET", "/v2/images/x", token).status == 400)
    }

    @Test("Another project is not available")
    func project() async throws {
        let fields = token.merging(["x-project-id": "ffffffffffffffffffffffffffffffff"]) { $1 }
        let answer = await simulation.send("GET", "/v2/images", fields)
        #expect(answer.status == 403)
        #expect(try answer.json["error_code"]?.stringValue == "APIGW.0310")
    }
}
