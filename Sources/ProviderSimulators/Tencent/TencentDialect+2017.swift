import HTTPWire
import JSONText

/// The API of 2017. What its gateway refuses comes in an envelope of its own.
extension TencentDialect {
    func answerOf2017(_ request: HTTPRequest, now: Int64) async -> DialectAnswer {
        let route = "\(request.method == "GET" ? "GET" : "POST") \(Self.legacyPath)"
        guard request.method == "GET" || request.method == "POST" else {
            return DialectAnswer(.methodNotAllowed("GET, POST"), route: route)
        }
        guard let form = form(request), let timestamp = form.first("Timestamp").flatMap(Int64.init),
            let nonce = form.first("Nonce"), UInt64(nonce).map({ $0 > 0 }) == true
        else {
            return refusal(4100, "AuthFailure", "signature or common parameters missing", route)
        }
        do {
            try TencentCaller(credentials: world.credentials, now: now / 1_000_000)
                .checkVersion1(request, parameters: form)
        } catch {
            return refusal(error, route)
        }
        guard isFresh(timestamp, nonce: nonce, now: now) else {
            return refusal(4500, "ReplayAttack", "replay attack", route)
        }
        do {
            return await list(try checkedQuery(form, is2017: true), is2017: true, route: route)
        } catch {
            return failure(error, is2017: true, route: route)
        }
    }

    /// Within two hours of the clock, and not seen before.
    private func isFresh(_ timestamp: Int64, nonce: String, now: Int64) -> Bool {
        let window = NonceMemory.window / 1_000_000
        let seconds = now / 1_000_000
        guard timestamp >= seconds - window, timestamp <= seconds + window else { return false }
        return world.acceptNonce(nonce, timestamp: timestamp, now: now)
    }

    private func refusal(_ error: TencentError, _ route: String) -> DialectAnswer {
        error == .unknownKey
            ? refusal(4104, "SecretIdNotFound", "SecretId does not exist", route)
            : refusal(4100, "AuthFailure", "signature verification failed", route)
    }

    private func refusal(
        _ code: Int,
        _ name: String,
        _ message: String,
        _ route: String
    ) -> DialectAnswer {
        let response = HTTPResponse.json { writer in
            writer.member("code", code)
            writer.member("message", message)
            writer.member("codeDesc", name)
        }
        return DialectAnswer(response, route: route, isError: true)
    }
}
