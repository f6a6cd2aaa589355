/// The parameters of a request target, decoded: `+` and `%20` are blanks, `%XX` are bytes of UTF-8.
struct QueryString {
    private(set) var pairs: [(name: String, value: String)] = []
    /// What could not be decoded, as it came.
    private(set) var malformed: [String] = []

    /// Parameters of one request; more are refused as one malformed parameter.
    static let parametersMax = 256

    init(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        var start = 0
        var count = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "&")) ?? bytes.count
            if end > start {
                count += 1
                guard count <= Self.parametersMax else { break }
                add(bytes[start..<end])
            }
            start = end + 1
        }
        if count > Self.parametersMax {
            malformed.append("more than \(Self.parametersMax) parameters")
        }
    }

    private mutating func add(_ part: ArraySlice<UInt8>) {
        let nameEnd = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
        let name = Self.decode(part[..<nameEnd])
        if let name, let value = Self.decode(part[nameEnd...].dropFirst()) {
            pairs.append((name, value))
        } else {
            malformed.append(String(decoding: part, as: UTF8.self))
        }
    }

    static func decode(_ text: some StringProtocol) -> String? {
        decode(Array(text.utf8)[...])
    }

    /// `nil` for a broken escape or bytes that are not UTF-8.
    private static func decode(_ text: ArraySlice<UInt8>) -> String? {
        let isPlain = text.allSatisfy { $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+") }
        if isPlain { return String(validating: text, as: UTF8.self) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var iterator = text.makeIterator()
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
