import HTTPWire
import JSONText
import Testing

/// Real requests, signatures and pages, held against what the simulators meant.
@Suite struct TruthTests {
    private static let signed = """
        access_key: "AKIDSIMULATOR", secret_key: "simulator-secret",
        project_id: "0123456789abcdef0123456789abcdef"
        """

    @Test("Every image of all five providers arrives with the fields the simulators meant")
    func demo() async throws {
        let gateway = try TestGateway.demo()
        let rows = try await gateway.rows("limit=77")
        #expect(rows.count == 300)
        for provider in ["aries", "zenlayer", "huawei-ims", "tencent-cvm", "gmi"] {
            try await compare(gateway, rows, provider)
        }
    }

    @Test(
        "Every dialect and every way to authenticate lists all images of its provider",
        arguments: [
            (
                #"provider: "tencent-cvm", api: "2017", region: "ap-guangzhou", credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" }"#,
                "tencent-cvm", "&api=2017"
            ),
            (
                #"provider: "zenlayer", region: "FRA-A", credentials: { token: "simulator-token" }"#,
                "zenlayer", ""
            ),
            (
                #"provider: "huawei-ims", region: "cn-north-4", credentials: { token: "simulator-token" }"#,
                "huawei-ims", ""
            ),
            (
                #"provider: "huawei-ims", region: "cn-north-4", iam_endpoint: "@sim", credentials: { username: "simulator", password: "simulator", domain: "simulator", project: "cn-north-4" }"#,
                "huawei-ims", ""
            ),
            (
                #"provider: "gmi", credentials: { email: "simulator@example.com", password: "simulator" }"#,
                "gmi", ""
            ),
            (
                #"provider: "aries", region: "hz", credentials: { token: "simulator-token" }"#,
                "aries", ""
            ),
            (
                #"provider: "aries", credentials: { header_name: "X-API-Key", header_value: "simulator-token" }"#,
                "aries", ""
            ),
        ]
    )
    func dialects(upstream: String, provider: String, truth: String) async throws {
        let gateway = try TestGateway(
            #"upstreams: [{ id: "one", endpoint: "@sim", \#(upstream) }]"#
        )
        let answer = try await gateway.json("/v1/images?limit=1")
        #expect(answer["complete"]?.boolValue == true, "\(String(describing: answer["upstreams"]))")
        let rows = try await gateway.rows("limit=50")
        try await compare(gateway, rows, provider, truth)
    }

    @Test(
        "A wrong secret is refused by the simulator's own check and named as that upstream's failure"
    )
    func wrongSecret() async throws {
        let wrong = [
            #"provider: "tencent-cvm", region: "ap-guangzhou", credentials: { secret_id: "AKIDSIMULATOR", secret_key: "wrong" }"#,
            #"provider: "zenlayer", region: "FRA-A", credentials: { access_key_id: "AKIDSIMULATOR", access_key_password: "wrong" }"#,
            #"provider: "huawei-ims", region: "cn-north-4", credentials: { access_key: "AKIDSIMULATOR", secret_key: "wrong", project_id: "0123456789abcdef0123456789abcdef" }"#,
            #"provider: "gmi", credentials: { token: "wrong" }"#,
            #"provider: "aries", credentials: { username: "simulator", password: "wrong" }"#,
        ]
        for upstream in wrong {
            let gateway = try TestGateway(
                #"upstreams: [{ id: "one", endpoint: "@sim", \#(upstream) }]"#
            )
            let response = await gateway.get("/v1/images")
            #expect(response.status == 502)
            let body = try JSONValue(parsing: response.body)
            let error = body["upstreams"]?[0]?["error"]
            #expect(
                error?["type"]?.stringValue == "urn:image-gateway:problem:unauthorized",
                "\(upstream)"
            )
            #expect(!String(decoding: response.body, as: UTF8.self).contains("wrong"))
        }
    }

    /// Member by member; a region the truth leaves open is the upstream's own.
    private func compare(
        _ gateway: TestGateway,
        _ rows: [JSONValue],
        _ provider: String,
        _ dialect: String = ""
    ) async throws {
        let truth = try await gateway.simulator(
            "GET",
            "/__simulator/truth?provider=\(provider)\(dialect)"
        )
        let meant = try #require(truth["images"]?.arrayValue)
        let mine = rows.filter { $0["provider"]?.stringValue == provider }
        #expect(mine.count == meant.count)
        let byID = Dictionary(mine.map { ($0["native_id"]?.stringValue ?? "", $0) }) { first, _ in
            first
        }
        for image in meant {
            let row = try #require(byID[image["native_id"]?.stringValue ?? ""])
            for member in image.objectValue ?? []
            where member.key != "region" || !member.value.isNull {
                #expect(
                    row[member.key] == member.value,
                    "\(provider) \(member.key) of \(row["name"] as Any)"
                )
            }
        }
    }
}
