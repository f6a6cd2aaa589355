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

    /// The key or token of a request: `Authorization: Bearer KEY`, else `X-API-Key: KEY`.
    static func shown(by request: HTTPRequest) -> [UInt8]? {
        request.fields.value(of: "authorization").flatMap { bearer($0.utf8) }
            ?? request.fields.value(of: "x-api-key").map { Array($0.utf8) }
    }
}
