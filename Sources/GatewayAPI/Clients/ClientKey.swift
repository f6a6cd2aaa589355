internal import HTTPWire

/// Where a request carries its key or token.
enum ClientKey {
    /// Where the key stands in an `Authorization` value of the scheme `Bearer` (RFC 6750 §2.1; schemes have no
    /// case); `nil` for any other scheme, and where none stands there. Never empty.
    static func bearer(_ value: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
        let scheme: StaticString = "bearer "
        guard value.count > scheme.utf8CodeUnitCount else { return nil }
        for offset in 0..<scheme.utf8CodeUnitCount
        where bytes[value.lowerBound + offset] | 0x20 != scheme.utf8Start[offset] {
            return nil
        }
        let rest = bytes[value].dropFirst(scheme.utf8CodeUnitCount)
        let key = rest.drop { $0 == 0x20 }.indices
        return isBlank(bytes[key]) ? nil : key
    }

    /// Whether there is nothing but white space. Such a value shows no key: a script whose variable is not set sends it.
    static func isBlank(_ value: some Sequence<UInt8>) -> Bool { value.allSatisfy { $0 <= 0x20 } }

    /// The key itself; `nil` for any other scheme, and where none stands there.
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
                guard field.value.utf8.elementsEqual((authorization ?? field.value).utf8) else {
                    throw .conflictingCredentials
                }
                authorization = field.value
            case "x-api-key":
                guard field.value.utf8.elementsEqual((key ?? field.value).utf8) else {
                    throw .conflictingCredentials
                }
                key = field.value
            default: break
            }
        }
        if let key, let bearer = authorization.flatMap({ bearer($0.utf8) }) {
            guard bearer == Array(key.utf8) else { throw .conflictingCredentials }
        }
    }

    /// The key or token of a request: `Authorization: Bearer KEY`, else `X-API-Key: KEY`. Never empty.
    static func shown(by request: HTTPRequest) -> [UInt8]? {
        if let bearer = request.fields.value(of: "authorization").flatMap({ bearer($0.utf8) }) {
            return bearer
        }
        guard let key = request.fields.value(of: "x-api-key"), !isBlank(key.utf8) else {
            return nil
        }
        return Array(key.utf8)
    }
}
