import FoundationEssentials

/// Keys as bytes in hexadecimal or base64. Messages never repeat the text.
enum KeyText {
    static let hint = "make one with: openssl rand -hex 32"

    /// 32 bytes; hexadecimal (64 digits), base64 or base64url, padded or not.
    static func bytes32(_ text: String) throws(TextComplaint) -> [UInt8] {
        if let bytes = hex(text), bytes.count == 32 { return bytes }
        if let bytes = base64(text), bytes.count == 32 { return bytes }
        throw TextComplaint("is not 32 bytes in hexadecimal or base64", hint)
    }

    /// What is wrong with a key that somebody might guess: one of fewer than 16 bytes, or that repeats a few. `nil` says
    /// little, since words can be guessed too.
    static func complaint(aboutGuessing key: [UInt8]) -> TextComplaint? {
        if key.count < 16 {
            return TextComplaint("is shorter than 16 bytes and can be guessed", hint)
        }
        if Set(key).count < 8 {
            return TextComplaint("repeats a few bytes and can be guessed", hint)
        }
        return nil
    }

    static func hex(_ text: String) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let high = ASCII.hexValue(digits[index]),
                let low = ASCII.hexValue(digits[index + 1])
            else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func base64(_ text: String) -> [UInt8]? {
        let standard = text.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = Array(repeating: Character("="), count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: String(standard + padding)).map { Array($0) }
    }
}
