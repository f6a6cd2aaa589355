import HTTPWire
import JSONText
import Testing

@testable import ProviderSimulators

/// What each provider refuses, in its own words.
@Suite struct RefusalTests {
    private let simulation = Simulation()

    // MARK: Aries

    @Test("Aries answers wrong credentials with 401, a realm and no content")
    func ariesCredentials() async {
        for fields in [[:], ["authorization": "Basic c2ltdWxhdG9yOndyb25n"], ["x-api-key": "x"]] {
            let answer = await simulation.send("GET", "/aries/api/v1/image/list", fields)
            #expect(answer.status == 401)
            #expect(answer.body.isEmpty)
            let realm = answer.fields.value(of: "www-authenticate")
            #expect(realm == "Basic realm=\"Authorization Required\"")
        }
    }

    @Test("Aries takes basic, bearer and header credentials")
    func ariesAccepted() async {
        let accepted = [
            ["authorization": "Basic c2ltdWxhdG9yOnNpbXVsYXRvcg=="],
            ["authorization": "Bearer simulator-token"], ["x-api-key": "simulator-token"],
        ]
        for fields in accepted {
            #expect(await simulation.send("GET", "/aries/api/v1/image/list", fields).status == 200)
        }
    }

    @Test("Aries filters the type exactly and the name in part, and knows two types only")
    func ariesFilters() async throws {
        let key = ["x-api-key": "simulator-token"]
        let path = "/aries/api/v1/image/list"
        let rows = try await simulation.send("GET", path + "?os_type=windows&os_name=server", key)
            .json
        let names = try #require(rows.arrayValue).texts("os_name")
        #expect(!names.isEmpty && names.allSatisfy { $0.hasPrefix("Windows Server") })
        #expect(await simulation.send("GET", path + "?os_name=nothing-like-it", key).text == "null")
        let refused = await simulation.send("GET", path + "?os_type=Linux", key)
        #expect(refused.status == 400)
        #expect(try refused.json["code"]?.stringValue == "InvalidParameter")
    }

    // MARK: Tencent

    private func tencent(
        _ body: String,
        late: Int64 = 0,
        secret: String = Signing.secret,
        region: String = "ap-guangzhou"
    ) async throws -> String? {
        let seconds = simulation.seconds - late
        let fields = Signing.tencent(body, at: seconds, secret: secret, region: region)
        let answer = await simulation.send("POST", "/", fields, body: body)
        #expect(answer.status == 200)
        #expect(answer.fields.value(of: "content-type") == "application/json")
        return try answer.json["Response"]?["Error"]?["Code"]?.stringValue
    }

    @Test("Tencent's errors come with status 200 and the plain content type")
    func tencentErrors() async throws {
        let tooMany = Array(repeating: #"{"Name":"platform","Values":["a"]}"#, count: 11).joined(
            separator: ","
        )
        let expected: [(String, String?)] = [
            ("{}", nil), (#"{"Limit":100}"#, nil),
            (#"{"Limit":101}"#, "InvalidParameterValue.InvalidParameterValueLimit"),
            (#"{"Limit":0}"#, "InvalidParameterValue.InvalidParameterValueLimit"),
            (#"{"Offset":-1}"#, "InvalidParameterValueOffset"),
            (#"{"Limit":"1"}"#, "InvalidParameter"),
            (#"{"Filters":[\#(tooMany)]}"#, "InvalidFilterValue.LimitExceeded"),
            (
                #"{"Filters":[{"Name":"platform","Values":["1","2","3","4","5","6"]}]}"#,
                "InvalidFilterValue.LimitExceeded"
            ),
            (#"{"Filters":[{"Name":"colour","Values":["1"]}]}"#, "InvalidFilter"),
            (
                #"{"ImageIds":["img-abcdefgh"],"Filters":[{"Name":"platform","Values":["x"]}]}"#,
                "InvalidParameter.InvalidParameterCoexistImageIdsFilters"
            ),
            (#"{"ImageIds":["ami-1"]}"#, "InvalidImageId.Malformed"),
            (#"{"Size":1}"#, "UnknownParameter"),
            ("[", "InvalidParameter"),
        ]
        for (body, code) in expected { #expect(try await tencent(body) == code, "\(body)") }
        #expect(try await tencent("{}", region: "ap-atlantis") == "UnsupportedRegion")
    }

    @Test("Tencent refuses another secret, and clocks more than five minutes off")
    func tencentSignature() async throws {
        #expect(try await tencent("{}", secret: "wrong") == "AuthFailure.SignatureFailure")
        #expect(try await tencent("{}", late: 300) == nil)
        #expect(try await tencent("{}", late: 301) == "AuthFailure.SignatureExpire")
        #expect(try await tencent("{}", late: -301) == "AuthFailure.SignatureExpire")
        let fields = Signing.tencent("{}", at: simulation.seconds)
        let changed = await simulation.send("POST", "/", fields, body: "{ }")
        #expect(changed.text.contains("AuthFailure.SignatureFailure"))
    }

    @Test(
        "The API of 2017 has its own envelope, a window of two hours and no use for a nonce twice"
    )
    func tencentOf2017() async throws {
        func code(_ query: String) async throws -> Int? {
            let answer = await simulation.send("GET", "/v2/index.php?\(query)")
            #expect(answer.status == 200)
            return try answer.json["code"]?.integerValue
        }
        let now = simulation.seconds
        let good = Signing.tencentOf2017([:], at: now, nonce: 1)
        #expect(try await code(good) == nil)
        #expect(try await code(good) == 4500)
        #expect(try await code(Signing.tencentOf2017([:], at: now - 7200, nonce: 2)) == nil)
        #expect(try await code(Signing.tencentOf2017([:], at: now - 7201, nonce: 3)) == 4500)
        #expect(try await code(Signing.tencentOf2017([:], at: now, nonce: 4, secret: "x")) == 4100)
        let form = Signing.tencentOf2017(["Limit": "1"], at: now, nonce: 5, method: "POST")
        let posted = await simulation.send("POST", "/v2/index.php", body: form)
        #expect(try posted.json["Response"]?["ImageSet"]?.arrayValue?.count == 1)
    }

    // MARK: Zenlayer

    private func zenlayer(_ body: String, late: Int64 = 0) async throws -> (Int, String?) {
        let fields = Signing.zenlayer(body, at: simulation.seconds - late)
        let answer = await simulation.send("POST", "/api/v2/vm", fields, body: body)
        return (answer.status, try answer.json["code"]?.stringValue)
    }

    @Test("Zenlayer's errors have a status and no wrapper")
    func zenlayerErrors() async throws {
        let expected: [(String, Int, String?)] = [
            (#"{"pageSize":1000}"#, 200, nil),
            (#"{"pageSize":1001}"#, 400, "INVALID_PARAMETER_EXCEED_MAXIMUM"),
            (#"{"pageSize":0}"#, 400, "INVALID_PARAMETER_LESS_MINIMUM"),
            (#"{"pageNum":0}"#, 400, "INVALID_PARAMETER_LESS_MINIMUM"),
            (#"{"pageNum":"1"}"#, 400, "INVALID_PARAMETER_TYPE"),
            (#"{"zoneId":"FRA--A"}"#, 404, "INVALID_ZONE_NOT_FOUND"),
            (#"{"regionId":"mars-1"}"#, 404, "INVALID_REGION_NOT_FOUND"),
            (#"{"imageType":"X"}"#, 400, "INVALID_PARAMETER_VALUE"),
            ("[]", 400, "INVALID_PARAMETER_TYPE"),
            ("{", 400, "INVALID_PARAMETER_TYPE"),
        ]
        for (body, status, code) in expected {
            #expect(try await zenlayer(body) == (status, code), "\(body)")
        }
        #expect(try await zenlayer("{}", late: 300) == (200, nil))
        #expect(try await zenlayer("{}", late: 301) == (401, "AUTHFAILURE_SIGNATURE_EXPIRED"))
    }

    @Test(
        "Zenlayer refuses a changed body and another token, and takes the token without a signature"
    )
    func zenlayerCredentials() async throws {
        let fields = Signing.zenlayer("{}", at: simulation.seconds)
        let changed = await simulation.send("POST", "/api/v2/vm", fields, body: "{ }")
        #expect(changed.status == 401)
        #expect(try changed.json["code"]?.stringValue == "AUTHFAILURE_SIGNATURE_FAILURE")
        var token = [
            "authorization": "Bearer simulator-token", "content-type": "application/json",
            "x-zc-action": "DescribeImages", "x-zc-version": "2023-03-13",
        ]
        #expect(await simulation.send("POST", "/api/v2/vm", token, body: "{}").status == 200)
        token["authorization"] = "Bearer other"
        #expect(await simulation.send("POST", "/api/v2/vm", token, body: "{}").status == 401)
    }
}
