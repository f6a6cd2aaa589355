import HTTPWire
import JSONText
import Testing

@testable import ProviderSimulators

@Suite struct GMITests {
    private let simulation = Simulation()

    private func session(_ prefix: String) async throws -> JSONValue {
        let login = await simulation.send(
            "POST",
            "\(prefix)/auth-tokens",
            body: #"{"email":"simulator@example.com","password":"simulator"}"#
        )
        let token = try #require(try login.json["authToken"]?.stringValue)
        let opened = await simulation.send(
            "POST",
            "\(prefix)/sessions",
            body: #"{"type":"native","authToken":"\#(token)","otpCode":null}"#
        )
        #expect(opened.status == 201)
        return try opened.json
    }

    private func renew(_ token: String) async -> HTTPResponse {
        await simulation.send(
            "PATCH",
            "/api/v1/me/sessions",
            body: #"{"refreshToken":"\#(token)"}"#
        )
    }

    @Test("A session's token lists images until it expires", arguments: ["/api/me", "/api/v1/me"])
    func session(prefix: String) async throws {
        let access = try #require(try await session(prefix)["accessToken"]?.stringValue)
        let bearer = ["authorization": "Bearer \(access)"]
        #expect(await simulation.send("GET", "/api/v1/images", bearer).status == 200)
        #expect(await simulation.send("GET", "\(prefix)/profile", bearer).status == 200)
        simulation.pass(seconds: GMITokens.accessLifetime)
        let late = await simulation.send("GET", "/api/v1/images", bearer)
        #expect(late.status == 401)
        #expect(try late.json["code"]?.integerValue == 1)
        #expect(try late.json["group"]?.stringValue == "auth_verify")
    }

    @Test("A refresh token works once, for its successor")
    func rotation() async throws {
        let first = try #require(try await session("/api/me")["refreshToken"]?.stringValue)
        let renewed = await renew(first)
        let second = try #require(try renewed.json["refreshToken"]?.stringValue)
        #expect(first != second)
        #expect(await renew(first).status == 401)
        #expect(await renew(second).status == 201)
    }

    @Test("An access token does not renew, and a refresh token does not list")
    func kinds() async throws {
        let opened = try await session("/api/me")
        let access = try #require(opened["accessToken"]?.stringValue)
        let refresh = try #require(opened["refreshToken"]?.stringValue)
        #expect(await renew(access).status == 401)
        let answer = await simulation.send(
            "GET",
            "/api/v1/images",
            ["authorization": "Bearer \(refresh)"]
        )
        #expect(answer.status == 401)
        #expect(try answer.json["code"]?.integerValue == 0)
    }

    @Test("A missing token and a wrong password are refused")
    func refusals() async throws {
        #expect(await simulation.send("GET", "/api/v1/images").status == 401)
        let login = await simulation.send(
            "POST",
            "/api/me/auth-tokens",
            body: #"{"email":"simulator@example.com","password":"x"}"#
        )
        #expect(login.status == 401)
    }

    @Test("A filter that breaks its pattern or length is refused with the field's name")
    func patterns() async throws {
        let bearer = ["authorization": "Bearer simulator-token"]
        for query in [
            "idc=us%20denver", "product=%E4%B8%AD", "idc=",
            "idc=\(String(repeating: "a", count: 51))",
        ] {
            let answer = await simulation.send("GET", "/api/v1/images?\(query)", bearer)
            #expect(answer.status == 400)
            #expect(try answer.json["group"]?.stringValue == "request")
        }
        let answer = await simulation.send("GET", "/api/v1/images?idc=nowhere", bearer)
        #expect(answer.text == "[]")
    }

    @Test("A product lists the images that support it")
    func products() async throws {
        let bearer = ["authorization": "Bearer simulator-token"]
        let target = "/api/v1/images?product=baremetal.h200.x8"
        let rows = try #require(try await simulation.send("GET", target, bearer).json.arrayValue)
        let truth = try await simulation.truth("gmi").filter {
            $0["tags"]?.arrayValue?.contains(.string("product=baremetal.h200.x8")) == true
        }
        #expect(!rows.isEmpty)
        #expect(rows.texts("id") == truth.texts("native_id"))
    }
}
