/// The parameters of a request target, decoded: `+` and `%20` are blanks, `%XX` are bytes of UTF-8.
struct QueryString {
    private(set) var pairs: [(name: String, value: String)] = []
    /// What could not be decoded, as it came.
    private(set) var malformed: [String] = []

    /// Parameters of one request; more are refused as one malformed parameter.
    static let parametersMax = 256

    init(_ text: some StringProtocol) {
        let parts = text.split(separator: "&", omittingEmptySubsequences: true)
        for part in parts.prefix(Self.parametersMax) {
            let name = part.prefix { $0 != "=" }
            let value = part.dropFirst(name.count + 1)
            if let name = Self.decode(name), let value = Self.decode(value) {
                pairs.append((name, value))
            } else {
                malformed.append(String(part))
            }
        }
        if parts.count > Self.parametersMax {
            malformed.append("more than \(Self.parametersMax) parameters")
        }
    }

    /// All values of one parameter, in order.
    func values(_ name: String) -> [String] {
        pairs.filter { $0.name == name }.map(\.value)
    }

    /// `nil` for a broken escape or bytes that are not UTF-8.
    static func decode(_ text: some StringProtocol) -> String? {
        var bytes: [UInt8] = []
        var iterator = text.utf8.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit),
                    let low = iterator.next().flatMap(digit)
                else { return nil }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// Percent-encodes everything but unreserved characters (RFC 3986 §2.3).
    static func encode(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".unicodeScalars)
        var result = String.UnicodeScalarView()
        for byte in text.utf8 {
            let scalar = Unicode.Scalar(byte)
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~": result.append(scalar)
            default:
                result.append(contentsOf: ["%", digits[Int(byte >> 4)], digits[Int(byte & 15)]])
            }
        }
        return String(result)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
