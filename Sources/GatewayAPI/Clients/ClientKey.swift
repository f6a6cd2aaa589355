internal import HTTPWire

/// Where a request carries its key or token.
enum ClientKey {
    /// Where the key stands in an `Authorization` value of the scheme `Bearer` (RFC 6750 §2.1; schemes have no
    /// case); `nil` for any other scheme.
    static func bearer(_ value: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
        let scheme: StaticString = "bearer "
        guard value.count > scheme.utf8CodeUnitCount else { return nil }
        for offset in 0..<scheme.utf8CodeUnitCount
        where bytes[value.lowerBound + offset] | 0x20 != scheme.utf8Start[offset] {
            return nil
        }
        let rest = bytes[value].dropFirst(scheme.utf8CodeUnitCount)
        return rest.drop { $0 == 0x20 }.indices
    }

    /// The key itself; `nil` for any other scheme.
    static func bearer(_ value: some Sequence<UInt8>) -> [UInt8]? {
        let bytes = Array(value)
        return bearer(bytes.indices, of: bytes).map { Array(bytes[$0]) }
    }

    /// Fails with 400 where a request shows several: lines of one name that differ, or a bearer that differs from
    /// `X-API-Key`. Whoever stands in front may look at another one than we do. The same line again is no harm, and an
    /// `Authorization` of another scheme shows nothing of ours.
    static func checkIsOne(_ request: HTTPRequest) throws(Problem) {
        var authorization: String?
        var key: String?
        for field in request.fields {
            switch field.name {
            case "authorization":
                guard (authorization ?? field.value) == field.value else {
                    throw .conflictingCredentials
                }
                authorization = field.value
            case "x-api-key":
                guard (key ?? field.value) == field.value else { throw .conflictingCredentials }
                key = field.value
            default: break
            }
        }
        if let key, let bearer = authorization.flatMap({ bearer($0.utf8) }) {
            guard bearer == Array(key.utf8) else { throw .conflictingCredentials }
        }
    }

    /// The key or token of a request: `Authorization: Bearer KEY`, else `X-API-Key: KEY`.
    static func shown(by request: HTTPRequest) -> [UInt8]? {
        request.fields.value(of: "authorization").flatMap { bearer($0.utf8) }
            ?? request.fields.value(of: "x-api-key").map { Array($0.utf8) }
    }
}
