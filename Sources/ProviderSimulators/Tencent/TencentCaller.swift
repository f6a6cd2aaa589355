import HTTPWire

/// Who calls and what for, once the credentials were checked.
struct TencentCaller: Sendable {
    /// Seconds on either side of the server's clock.
    static let window: Int64 = 300

    let credentials: SimulatorCredentials
    /// Seconds since 1970.
    let now: Int64

    /// API 3.0 with a signature in the `Authorization` field.
    func checkVersion3(_ request: HTTPRequest) throws(TencentError) {
        guard let text = request.fields.value(of: "authorization"),
            let header = SignatureHeader(text), header.scheme == TencentSignature.scheme,
            let names = header.signedNames, names.contains("host"), names.contains("content-type"),
            let scope = header["Credential"]?.split(separator: "/"), scope.count == 4,
            scope[3] == "tc3_request", let signature = header["Signature"]
        else { throw .authorization }
        guard let stamp = request.fields.value(of: "x-tc-timestamp") else {
            throw .missing("X-TC-Timestamp")
        }
        guard let timestamp = Int64(stamp), abs(timestamp) < 1 << 40 else {
            throw .badType("X-TC-Timestamp")
        }
        guard isSameSecret(String(scope[0]), credentials.keyID) else { throw .unknownKey }
        guard abs(now - timestamp) <= Self.window else { throw .expired }
        let expected = TencentSignature.expected(
            request,
            signedNames: names,
            timestamp: timestamp,
            date: CalendarText.day(timestamp * 1_000_000),
            service: "cvm",
            secret: credentials.secret
        )
        let isScoped = scope[1] == CalendarText.day(timestamp * 1_000_000) && scope[2] == "cvm"
        guard let expected, isScoped, isSameSecret(expected, signature) else { throw .signature }
        try checkToken(request.fields.value(of: "x-tc-token"))
    }

    /// The older method with all parameters in a query or form; the caller has checked the clock.
    func checkVersion1(
        _ request: HTTPRequest,
        parameters: [Parameter]
    ) throws(TencentError) {
        guard let signature = parameters.first("Signature") else { throw .missing("Signature") }
        guard let keyID = parameters.first("SecretId") else { throw .missing("SecretId") }
        guard isSameSecret(keyID, credentials.keyID) else { throw .unknownKey }
        let expected = TencentSignature.expected(
            method: request.method,
            host: request.fields.value(of: "host") ?? "",
            path: String(request.path),
            parameters: parameters,
            secret: credentials.secret
        )
        guard isSameSecret(expected, signature) else { throw .signature }
        try checkToken(parameters.first("Token"))
    }

    private func checkToken(_ token: String?) throws(TencentError) {
        guard let token, !token.isEmpty else { return }
        guard isSameSecret(token, credentials.token) else { throw .token }
    }
}
