import Providers
import Testing
import Upstreams

@Suite("Error tables")
struct ErrorTableTests {
    /// One refusal: status, body, what it means, whether it may pass, the provider's code.
    struct Row: Sendable, CustomTestStringConvertible {
        var status: Int
        var body: String
        var code: UpstreamError.Code
        var isRetryable: Bool
        var providerCode: String?

        init(
            _ status: Int,
            _ body: String,
            _ code: UpstreamError.Code,
            retry: Bool = false,
            _ providerCode: String? = nil
        ) {
            (self.status, self.body, self.code) = (status, body, code)
            (isRetryable, self.providerCode) = (retry, providerCode)
        }

        var testDescription: String { "\(status) \(providerCode ?? body.prefix(20).description)" }
    }

    static func check(_ row: Row, _ adapter: any ProviderAdapter) {
        let error = #expect(throws: UpstreamError.self) {
            try adapter.decodePage(UpstreamResponse(row.status, row.body), at: .first)
        }
        #expect(error?.code == row.code)
        #expect(error?.isRetryable == row.isRetryable)
        #expect(error?.status == row.status)
        #expect(error?.providerCode == row.providerCode)
    }

    // MARK: Aries

    static let ariesRows: [Row] = [
        .init(
            400,
            #"{"code":"InvalidParameter","message":"参数无效"}"#,
            .invalidRequest,
            "InvalidParameter"
        ),
        .init(500, #"{"code":"InternalError"}"#, .upstreamFault, retry: true, "InternalError"),
        .init(403, #"{"error":"Forbidden","msg":"x"}"#, .forbidden, "Forbidden"),
        .init(404, #"{"code":"ImageNotFound"}"#, .notFound, "ImageNotFound"),
        .init(401, "", .unauthorized),
        .init(404, "404 page not found", .notFound),
        .init(502, "<html>Bad Gateway</html>", .upstreamFault, retry: true),
    ]

    @Test("Aries refuses as documented", arguments: ariesRows)
    func aries(row: Row) throws { Self.check(row, try Adapters.aries()) }

    // MARK: Zenlayer

    static func zenlayerBody(_ code: String) -> String {
        #"{"requestId":"T1","code":"\#(code)","message":"host secret"}"#
    }

    static let zenlayerRows: [Row] =
        ([
            (401, "AUTHFAILURE_INVALID_AUTHORIZATION", .unauthorized, false),
            (401, "AUTHFAILURE_SIGNATURE_FAILURE", .unauthorized, false),
            (401, "AUTHFAILURE_SIGNATURE_EXPIRED", .unauthorized, false),
            (401, "AUTHFAILURE_UNAUTHORIZED_OPERATION", .forbidden, false),
            (400, "MISSING_PARAMETER", .invalidRequest, false),
            (400, "INVALID_PARAMETER_TYPE", .invalidRequest, false),
            (400, "INVALID_PARAMETER_EXCEED_MAXIMUM", .invalidRequest, false),
            (403, "OPERATION_FAILED_FOR_RECYCLE_RESOURCE", .forbidden, false),
            (404, "INVALID_REGION_NOT_FOUND", .notFound, false),
            (404, "INVALID_ZONE_NOT_FOUND", .notFound, false),
            (404, "OPERATION_FAILED_RESOURCE_NOT_FOUND", .notFound, false),
            (429, "REQUEST_LIMIT_EXCEEDED", .throttled, true),
            (500, "INTERNAL_SERVER_ERROR", .upstreamFault, true),
            (503, "SERVICE_TEMPORARY_UNAVAILABLE", .upstreamFault, true),
            (503, "REQUEST_TIMED_OUT", .upstreamFault, true),
            (200, "REQUEST_LIMIT_EXCEEDED", .throttled, true),
        ] as [(Int, String, UpstreamError.Code, Bool)]).map {
            Row($0.0, zenlayerBody($0.1), $0.2, retry: $0.3, $0.1)
        } + [Row(200, zenlayerBody("SOMETHING_NEW"), .upstreamFault)]

    @Test("Zenlayer refuses as documented", arguments: zenlayerRows)
    func zenlayer(row: Row) throws { Self.check(row, try Adapters.zenlayer()) }

    @Test("A network shield in front of Zenlayer is told apart from missing rights")
    func networkShield() throws {
        let adapter = try Adapters.zenlayer()
        let error = #expect(throws: UpstreamError.self) {
            try adapter.decodePage(
                UpstreamResponse(403, "<html>challenge</html>", ("CF-Mitigated", "challenge")),
                at: .first
            )
        }
        #expect(error?.code == .forbidden && error?.isRetryable == false)
        #expect(error?.message.contains("shield") == true)
        Self.check(Row(451, "blocked", .forbidden), adapter)
    }

    // MARK: Huawei

    static func gateway(_ code: String) -> String {
        #"{"error_msg":"signed host|key","error_code":"\#(code)","request_id":"r"}"#
    }

    static func service(_ code: String) -> String {
        #"{"error":{"message":"m","code":"\#(code)"}}"#
    }

    static let huaweiRows: [Row] = [
        .init(400, gateway("APIGW.0201"), .invalidRequest, "APIGW.0201"),
        .init(400, gateway("APIGW.0602"), .invalidRequest, "APIGW.0602"),
        .init(400, service("IMG.0001"), .invalidRequest, "IMG.0001"),
        .init(400, service("IMG.0024"), .invalidRequest, "IMG.0024"),
        .init(400, service("IMG.0030"), .unauthorized, "IMG.0030"),
        .init(400, service("IMG.0087"), .unauthorized, "IMG.0087"),
        .init(400, service("IMG.0086"), .notFound, "IMG.0086"),
        .init(400, service("IMG.0060"), .throttled, retry: true, "IMG.0060"),
        .init(400, #"{"errorCode":"IMG.0066","errorMsg":"m"}"#, .invalidRequest, "IMG.0066"),
        .init(401, gateway("APIGW.0301"), .unauthorized, "APIGW.0301"),
        .init(401, gateway("APIGW.0303"), .unauthorized, "APIGW.0303"),
        .init(401, gateway("APIGW.0307"), .unauthorized, "APIGW.0307"),
        .init(403, gateway("APIGW.0302"), .forbidden, "APIGW.0302"),
        .init(403, gateway("APIGW.0310"), .forbidden, "APIGW.0310"),
        .init(403, gateway("APIGW.0802"), .forbidden, "APIGW.0802"),
        .init(403, service("IMG.0026"), .forbidden, "IMG.0026"),
        .init(404, gateway("APIGW.0101"), .notFound, "APIGW.0101"),
        .init(413, gateway("APIGW.0201"), .invalidRequest, "APIGW.0201"),
        .init(414, gateway("APIGW.0201"), .invalidRequest, "APIGW.0201"),
        .init(494, gateway("APIGW.0201"), .invalidRequest, "APIGW.0201"),
        .init(429, gateway("APIGW.0308"), .throttled, retry: true, "APIGW.0308"),
        .init(500, gateway("APIGW.0601"), .upstreamFault, retry: true, "APIGW.0601"),
        .init(502, gateway("APIGW.0201"), .upstreamFault, retry: true, "APIGW.0201"),
        .init(504, gateway("APIGW.0610"), .upstreamFault, retry: true, "APIGW.0610"),
        .init(503, gateway("APIGW.0613"), .upstreamFault, retry: true, "APIGW.0613"),
        .init(503, "", .upstreamFault, retry: true),
        .init(401, #"{"error":{"code":401,"title":"Unauthorized"}}"#, .unauthorized, "401"),
        .init(400, #"{"code":"400 Bad Request","title":"Bad Request"}"#, .invalidRequest),
        .init(404, "<html>404 Not Found</html>", .notFound),
    ]

    @Test("Huawei's gateway, service and plain Glance refuse as documented", arguments: huaweiRows)
    func huawei(row: Row) throws { Self.check(row, try Adapters.huawei()) }

    static let huaweiSessionRows: [Row] = [
        .init(401, gateway("APIGW.0307"), .sessionExpired, "APIGW.0307"),
        .init(401, gateway("APIGW.0301"), .sessionExpired, "APIGW.0301"),
        .init(400, service("IMG.0030"), .sessionExpired, "IMG.0030"),
        .init(400, service("IMG.0087"), .sessionExpired, "IMG.0087"),
        .init(401, "", .sessionExpired),
        .init(401, gateway("APIGW.0303"), .unauthorized, "APIGW.0303"),
        .init(401, gateway("APIGW.0305"), .unauthorized, "APIGW.0305"),
        .init(403, gateway("APIGW.0302"), .forbidden, "APIGW.0302"),
    ]

    @Test("In a session a refused token is worth a renewal", arguments: huaweiSessionRows)
    func huaweiSession(row: Row) throws { Self.check(row, try Adapters.huaweiSession()) }

    // MARK: Tencent

    static func tencentBody(_ code: String) -> String {
        #"{"Response":{"Error":{"Code":"\#(code)","Message":"m"},"RequestId":"r"}}"#
    }

    static let tencentRows: [Row] =
        ([
            ("AuthFailure.SignatureFailure", .unauthorized, false),
            ("AuthFailure.SignatureExpire", .unauthorized, false),
            ("AuthFailure.SecretIdNotFound", .unauthorized, false),
            ("AuthFailure.TokenFailure", .unauthorized, false),
            ("AuthFailure.UnauthorizedOperation", .forbidden, false),
            ("UnauthorizedOperation", .forbidden, false),
            ("UnauthorizedOperation.PermissionDenied", .forbidden, false),
            ("UnauthorizedOperation.InvalidToken", .unauthorized, false),
            ("IpInBlacklist", .forbidden, false),
            ("RequestLimitExceeded", .throttled, true),
            ("RequestLimitExceeded.UinLimitExceeded", .throttled, true),
            ("RequestLimitExceeded.IPLimitExceeded", .throttled, true),
            ("InternalError", .upstreamFault, true),
            ("ServiceUnavailable", .upstreamFault, true),
            ("ResourceUnavailable", .upstreamFault, true),
            ("InvalidFilter", .invalidRequest, false),
            ("InvalidFilterValue.LimitExceeded", .invalidRequest, false),
            ("InvalidImageId.Malformed", .invalidRequest, false),
            ("InvalidParameter.InvalidParameterCoexistImageIdsFilters", .invalidRequest, false),
            ("InvalidParameterValue.LimitExceeded", .invalidRequest, false),
            ("InvalidRegion.NotFound", .notFound, false),
            ("UnsupportedRegion", .notFound, false),
            ("InvalidAction", .notFound, false),
            ("NoSuchVersion", .notFound, false),
            ("MissingParameter", .invalidRequest, false),
            ("RequestSizeLimitExceeded", .invalidRequest, false),
            ("UnsupportedOperation", .invalidRequest, false),
        ] as [(String, UpstreamError.Code, Bool)]).map {
            Row(200, tencentBody($0.0), $0.1, retry: $0.2, $0.0)
        } + [Row(200, tencentBody("SomethingNew.Entirely"), .upstreamFault)]

    @Test("Tencent refuses as documented, with status 200", arguments: tencentRows)
    func tencent(row: Row) throws { Self.check(row, try Adapters.tencent()) }

    static let tencentLegacyRows: [Row] =
        ([
            (4100, .unauthorized, false), (4101, .forbidden, false), (4102, .forbidden, false),
            (4103, .unauthorized, false), (4104, .unauthorized, false), (4110, .forbidden, false),
            (4500, .unauthorized, false), (4000, .invalidRequest, false),
            (6000, .upstreamFault, true),
        ] as [(Int, UpstreamError.Code, Bool)]).map {
            Row(
                200,
                #"{"code":\#($0.0),"message":"m","codeDesc":"d"}"#,
                $0.1,
                retry: $0.2,
                "\($0.0)"
            )
        } + [Row(200, #"{"code":9999,"message":"m"}"#, .upstreamFault)]

    @Test("Tencent's front door of 2017 refuses as documented", arguments: tencentLegacyRows)
    func tencentLegacy(row: Row) throws { Self.check(row, try Adapters.tencent(api: "2017")) }

    @Test("A success of 2017 that lists nothing is malformed, not a refusal")
    func legacySuccess() throws {
        Self.check(
            Row(200, #"{"code":0,"message":"","codeDesc":"Success"}"#, .malformedAnswer),
            try Adapters.tencent(api: "2017")
        )
        Self.check(
            Row(
                502,
                Self.tencentRows[0].body,
                .upstreamFault,
                retry: true,
                "AuthFailure.SignatureFailure"
            ),
            try Adapters.tencent()
        )
    }

    // MARK: GMI

    static let gmiRows: [Row] = [
        .init(401, #"{"code":0,"group":"auth_verify"}"#, .unauthorized, "auth_verify.0"),
        .init(401, #"{"code":1,"group":"auth_verify"}"#, .unauthorized, "auth_verify.1"),
        .init(400, #"{"code":0,"group":"request","message":"m"}"#, .invalidRequest, "request.0"),
        .init(500, #"{"reason":"in the cluster"}"#, .upstreamFault, retry: true),
        .init(503, #"{"reason":"database","code":7}"#, .upstreamFault, retry: true),
        .init(403, "", .forbidden),
        .init(429, "", .throttled, retry: true),
        .init(504, "<html></html>", .upstreamFault, retry: true),
    ]

    @Test("GMI refuses as documented", arguments: gmiRows)
    func gmi(row: Row) throws { Self.check(row, try Adapters.gmi()) }

    @Test("In a GMI session an invalid or expired token is worth a renewal")
    func gmiSession() throws {
        for (body, code) in [
            (#"{"code":0,"group":"auth_verify"}"#, "auth_verify.0"),
            (#"{"code":1,"group":"auth_verify"}"#, "auth_verify.1"),
            ("", nil),
        ] as [(String, String?)] {
            Self.check(Row(401, body, .sessionExpired, code), try Adapters.gmiSession())
        }
    }
}
