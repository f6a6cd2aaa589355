/// The subject of a certificate as OpenSSL prints it in the form of RFC 2253, which is how subjects are compared.
struct SubjectText {
    private let bytes: [UInt8]
    private var offset = 0

    /// The printed form of a text; what `openssl x509 -subject` puts in front is left out.
    static func printed(_ text: String) throws(TextComplaint) -> String {
        let label = "subject="
        var subject = Self(text.hasPrefix(label) ? String(text.dropFirst(label.count)) : text)
        guard let printed = subject.scanName() else {
            throw TextComplaint(
                "is no name in the form of RFC 2253",
                "for example \"CN=portal,O=Example\": last part first, no blanks around = + and ,; "
                    + "print it with: openssl x509 -noout -subject -nameopt RFC2253"
            )
        }
        return printed
    }

    private init(_ text: String) { bytes = Array(text.utf8) }

    /// Parts `TYPE=value`, separated by commas or plus signs.
    private mutating func scanName() -> String? {
        var printed = ""
        while true {
            guard let type = scanType(), let value = scanValue() else { return nil }
            printed += "\(type)=\(value)"
            guard offset < bytes.count else { return printed }
            printed.unicodeScalars.append(Unicode.Scalar(bytes[offset]))
            offset += 1
        }
    }

    /// A keyword or an object identifier, and the equals sign behind it. Keywords have no case (RFC 2253 §4).
    private mutating func scanType() -> String? {
        let start = offset
        while offset < bytes.count, bytes[offset] != UInt8(ascii: "=") { offset += 1 }
        let type = bytes[start..<offset]
        guard offset < bytes.count, let first = type.first else { return nil }
        offset += 1
        let isKeyword = ASCII.isLetter(first)
        let fits = type.allSatisfy { byte in
            ASCII.isDigit(byte)
                || (isKeyword ? ASCII.isLetter(byte) || byte == UInt8(ascii: "-") : byte == 0x2E)
        }
        guard fits else { return nil }
        let text = String(decoding: type, as: UTF8.self)
        return Self.keywords.first { $0.lowercased() == text.lowercased() } ?? text
    }

    /// As OpenSSL spells them.
    private static let keywords = [
        "CN", "O", "OU", "C", "ST", "L", "DC", "UID", "GN", "SN", "street", "title", "initials",
        "serialNumber", "emailAddress", "dnQualifier",
    ]

    /// Up to the next separator, which stays. What is not ASCII is printed byte by byte, and blanks at the ends are
    /// escaped where they are meant.
    private mutating func scanValue() -> String? {
        var pieces: [[UInt8]] = []
        while offset < bytes.count, !Self.isSeparator(bytes[offset]) {
            guard let piece = piece else { return nil }
            offset += piece.byteCount
            pieces.append(piece.printed)
        }
        guard pieces.first != [0x20], pieces.last != [0x20] else { return nil }
        // A value in hexadecimal, of a type that OpenSSL does not know.
        let isDigits = pieces.dropFirst().allSatisfy { $0.allSatisfy { ASCII.hexValue($0) != nil } }
        guard pieces.first != [UInt8(ascii: "#")] || isDigits else { return nil }
        return String(decoding: pieces.joined(), as: UTF8.self)
    }

    /// The character or escape at the offset, and how it is printed.
    private var piece: (byteCount: Int, printed: [UInt8])? {
        let byte = bytes[offset]
        guard byte == UInt8(ascii: "\\") else {
            if "\"<>;".utf8.contains(byte) { return nil }
            return (1, byte < 0x80 ? [byte] : Array("\\\(Self.hex(byte))".utf8))
        }
        let rest = bytes[(offset + 1)...].prefix(2)
        guard let first = rest.first else { return nil }
        if ",+\"\\<>;# ".utf8.contains(first) { return (2, [byte, first]) }
        guard rest.count == 2, rest.allSatisfy({ ASCII.hexValue($0) != nil }) else { return nil }
        let digits = String(decoding: rest, as: UTF8.self).uppercased()
        return (3, [byte] + Array(digits.utf8))
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "+")
    }

    private static func hex(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 2 ? digits : "0\(digits)"
    }
}
