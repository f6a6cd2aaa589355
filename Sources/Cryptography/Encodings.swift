/// Text forms of bytes: hex (RFC 4648 §8), base64 (§4) and base64url without padding (§5).
public enum Hex {
    /// Lower case.
    public static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[index * 2] = character(byte >> 4)
                text[index * 2 + 1] = character(byte & 15)
            }
            return bytes.count * 2
        }
    }

    private static func character(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }

    /// Either case; `nil` for an odd length or another character.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let digits = text.utf8.compactMap(digit)
        guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}

public enum Base64: Sendable {
    /// `+` and `/`, padded with `=`.
    case standard
    /// `-` and `_`, without padding.
    case url

    public func encode(_ bytes: [UInt8]) -> String {
        let digits = digits
        let isPadded = self == .standard
        return String(unsafeUninitializedCapacity: (bytes.count + 2) / 3 * 4) { text in
            var (read, written) = (0, 0)
            while read < bytes.count {
                let left = bytes.count - read
                var value = Int(bytes[read]) << 16
                if left > 1 { value |= Int(bytes[read + 1]) << 8 }
                if left > 2 { value |= Int(bytes[read + 2]) }
                for index in 0..<4 where index <= left || isPadded {
                    text[written] =
                        index <= left ? digits[value >> (18 - 6 * index) & 63] : UInt8(ascii: "=")
                    written += 1
                }
                read += 3
            }
            return written
        }
    }

    /// Strict: only the one canonical text of some bytes decodes, so that no two texts mean the same.
    public func decode(_ text: some StringProtocol) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count * 3 / 4)
        var (value, bitCount) = (0, 0)
        for byte in text.utf8 where byte != UInt8(ascii: "=") {
            guard let digit = digit(byte) else { return nil }
            value = (value << 6 | digit) & 0xFFFF
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(value >> bitCount & 0xFF))
            }
        }
        return encode(bytes) == text ? bytes : nil
    }

    private func digit(_ byte: UInt8) -> Int? {
        switch (byte, self) {
        case (UInt8(ascii: "A")...UInt8(ascii: "Z"), _): Int(byte) - 65
        case (UInt8(ascii: "a")...UInt8(ascii: "z"), _): Int(byte) - 71
        case (UInt8(ascii: "0")...UInt8(ascii: "9"), _): Int(byte) + 4
        case (UInt8(ascii: "+"), .standard), (UInt8(ascii: "-"), .url): 62
        case (UInt8(ascii: "/"), .standard), (UInt8(ascii: "_"), .url): 63
        default: nil
        }
    }

    private var digits: [UInt8] {
        switch self {
        case .standard: Self.standardDigits
        case .url: Self.urlDigits
        }
    }

    private static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    private static let standardDigits = Array("\(letters)+/".utf8)
    private static let urlDigits = Array("\(letters)-_".utf8)
}
