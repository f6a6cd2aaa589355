/// One decoded name and value of a query or a form.
struct Parameter: Sendable, Hashable {
    var name: String
    var value: String
}

extension [Parameter] {
    func first(_ name: String) -> String? {
        first { $0.name == name }?.value
    }
}

/// Queries and forms (WHATWG URL, application/x-www-form-urlencoded; RFC 3986 §2.1).
enum QueryText {
    static func parameters(_ text: some StringProtocol) -> [Parameter] {
        text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return Parameter(
                name: decoded(parts[0]),
                value: parts.count > 1 ? decoded(parts[1]) : ""
            )
        }
    }

    /// A wrong escape stays as it is; bytes that are not UTF-8 become U+FFFD.
    static func decoded(_ text: some StringProtocol, plusIsBlank: Bool = true) -> String {
        let bytes = Array(text.utf8)
        guard bytes.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "+") }) else {
            return String(text)
        }
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), let byte = escaped(bytes, index) {
                result.append(byte)
                index += 3
                continue
            }
            let isBlank = plusIsBlank && bytes[index] == UInt8(ascii: "+")
            result.append(isBlank ? UInt8(ascii: " ") : bytes[index])
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// Escapes all but the unreserved characters of RFC 3986 §2.3.
    static func encoded(_ text: some StringProtocol) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var result: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                result.append(byte)
            default:
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func escaped(_ bytes: [UInt8], _ index: Int) -> UInt8? {
        guard index + 2 < bytes.count, let high = digit(bytes[index + 1]),
            let low = digit(bytes[index + 2])
        else { return nil }
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
