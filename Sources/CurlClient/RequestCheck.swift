internal import Upstreams

extension UpstreamRequest {
    /// What would make two requests out of one, or reach for another protocol, never gets to the wire.
    func check() throws(UpstreamError) {
        guard isWebURL else { throw Self.unusable("its URL is not a plain http or https URL") }
        guard method.utf8.allSatisfy(isTokenByte), !method.isEmpty else {
            throw Self.unusable("its method is not a token")
        }
        for field in fields {
            guard field.name.utf8.allSatisfy(isTokenByte), !field.name.isEmpty else {
                throw Self.unusable("a header field's name is not a token")
            }
            guard field.value.utf8.allSatisfy(isFieldByte) else {
                throw Self.unusable("a header field's value holds control characters")
            }
        }
    }

    private var isWebURL: Bool {
        let start = url.prefix(8).lowercased()
        guard start.hasPrefix("http://") || start == "https://" else { return false }
        return url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    private static func unusable(_ why: String) -> UpstreamError {
        UpstreamError(.misconfigured, "the request cannot be sent: \(why)")
    }
}

/// RFC 9110 §5.6.2.
private func isTokenByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"):
        true
    default:
        "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}

/// RFC 9110 §5.5.
private func isFieldByte(_ byte: UInt8) -> Bool {
    byte == 0x09 || (byte >= 0x20 && byte != 0x7F)
}
