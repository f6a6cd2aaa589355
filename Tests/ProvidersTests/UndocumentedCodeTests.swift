import JSONText
import Providers
import Testing
import Upstreams

@Suite("Error codes that no document lists")
struct UndocumentedCodeTests {
    private static let token = "PlantedTokenAbcdef0123456789XYZ"

    /// What stands in an error's code and must not go on.
    private static let planted = [
        token, token.uppercased(), token.lowercased(), String(token.prefix(8)),
        "CODE_" + token.prefix(20), "RefPlanted12345678.a.b", "AuthFailure.\(token)",
        "AuthFailure.PlantedKeyABCDEFG", "AuthFailure.PlantedKey", "InvalidParameter.Planted",
        "APIGW.\(token)", "APIGW.PLAN", "IMG.\(token)", "IMG.00301", "IMG.003x",
        "AUTHFAILURE_\(token.uppercased())", "INVALID_PLANTED_NOT_FOUND",
        "INVALID_PARAMETER_PLANTED", "auth_verify.\(token)", "db1.internal.corp", "db1-internal",
        "10.0.0.5", "4711471147114711", "9999", "-4100", "+4100", "04100", "1e3", "authfailure",
    ]

    /// Wherever one of the dialects looks for a code.
    private static func body(_ code: String) -> String {
        #"""
        {"code":"\#(code)","group":"\#(code)","error_code":"\#(code)","errorCode":"\#(code)",
         "reason":"\#(code)","Response":{"Error":{"Code":"\#(code)","Message":"m"}}}
        """#
    }

    private static func nested(_ code: String) -> String {
        #"{"error":{"code":"\#(code)","title":"\#(code)"},"group":"auth_verify","reason":"x"}"#
    }

    @Test("are never passed on, wherever they stand", arguments: AdapterCase.all)
    func neverPassedOn(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        for code in Self.planted {
            for status in [200, 400, 401, 403, 404, 429, 500, 503] {
                for text in [Self.body(code), Self.nested(code)] {
                    let answer = UpstreamResponse(status, text)
                    Self.check(code) { _ = try adapter.decodePage(answer, at: .first) }
                    Self.check(code) {
                        _ = try adapter.session?.decode(
                            answer,
                            after: nil,
                            previous: nil,
                            date: AdapterCase.date
                        )
                    }
                }
            }
        }
    }

    private static func check(_ code: String, _ decode: () throws -> Void) {
        do {
            try decode()
        } catch let error as UpstreamError {
            #expect(error.providerCode == nil, "\(code) goes on as \(error.providerCode ?? "")")
            #expect(!error.message.contains(code))
        } catch {
            Issue.record(error)
        }
    }

    @Test("A number is passed on where it is the answer's own status, and nowhere else")
    func statusNumber() throws {
        let adapter = try Adapters.huawei()
        for (status, code) in [(401, "401"), (503, "503"), (401, nil), (503, nil)] {
            let number = code ?? "477"
            let answer = UpstreamResponse(status, #"{"error":{"code":\#(number)}}"#)
            let error = #expect(throws: UpstreamError.self) {
                try adapter.decodePage(answer, at: .first)
            }
            #expect(error?.providerCode == code)
        }
    }
}
