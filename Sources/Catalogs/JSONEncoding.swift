import ImageModel

/// Bytes of JSON, written without going through `String`.
enum JSONEncoding {
    static func quoted(_ text: String?) -> [UInt8] {
        guard let text else { return Array("null".utf8) }
        var bytes: [UInt8] = []
        appendQuoted(text.utf8.span, to: &bytes)
        return bytes
    }

    static func appendQuoted(_ text: Span<UInt8>, to target: inout [UInt8]) {
        target.append(UInt8(ascii: "\""))
        for index in 0..<text.count {
            let byte = text[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                appendEscaped(byte, to: &target)
            } else {
                target.append(byte)
            }
        }
        target.append(UInt8(ascii: "\""))
    }

    static func append(_ number: Int64, to target: inout [UInt8]) {
        target.append(contentsOf: String(number).utf8)
    }

    static func append(_ date: Timestamp, to target: inout [UInt8]) {
        target.append(UInt8(ascii: "\""))
        target.append(contentsOf: date.rfc3339.utf8)
        target.append(UInt8(ascii: "\""))
    }

    private static func appendEscaped(_ byte: UInt8, to target: inout [UInt8]) {
        target.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x0A: target.append(UInt8(ascii: "n"))
        case 0x0D: target.append(UInt8(ascii: "r"))
        case 0x09: target.append(UInt8(ascii: "t"))
        case 0..<0x20:
            target.append(contentsOf: "u00".utf8)
            target.append(byte < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
            target.append(contentsOf: String(byte & 15, radix: 16).utf8)
        default: target.append(byte)
        }
    }
}
