/// The forms of ids that the providers use.
enum Identifiers {
    static let lowerCase = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
    static let anyCase = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789".utf8
    )
    private static let hex = Array("0123456789abcdef".utf8)

    /// `count` digits of `value` to the base of the alphabet, highest first.
    static func digits(_ value: UInt64, _ alphabet: [UInt8], count: Int) -> String {
        String(unsafeUninitializedCapacity: count) { buffer in
            var rest = value
            for index in (0..<count).reversed() {
                buffer[index] = alphabet[Int(rest % UInt64(alphabet.count))]
                rest /= UInt64(alphabet.count)
            }
            return count
        }
    }

    /// The value of digits, or `nil` where one is foreign or the value exceeds 64 bits.
    static func value(of digits: some StringProtocol, _ alphabet: [UInt8]) -> UInt64? {
        var result: UInt64 = 0
        for byte in digits.utf8 {
            guard let digit = alphabet.firstIndex(of: byte) else { return nil }
            let (product, isOver) = result.multipliedReportingOverflow(by: UInt64(alphabet.count))
            guard !isOver else { return nil }
            result = product &+ UInt64(digit)
        }
        return result
    }

    /// A version 4 UUID whose first 48 bits are `head` and whose rest comes from `tail`.
    static func uuid(head: UInt64, tail: UInt64) -> String {
        let high = head << 16 | 0x4000 | (tail >> 48 & 0x0FFF)
        let low = (tail << 2 | 0) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for index in 0..<32 {
                if index == 8 || index == 12 || index == 16 || index == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let word = index < 16 ? high : low
                buffer[position] = hex[Int(word >> UInt64(60 - 4 * (index & 15)) & 15)]
                position += 1
            }
            return 36
        }
    }

    /// The first 48 bits of a lower-case UUID.
    static func uuidHead(_ text: String) -> UInt64? {
        guard text.utf8.count == 36 else { return nil }
        return value(of: text.utf8.prefix(13).filter { $0 != UInt8(ascii: "-") }, hex)
    }

    private static func value(of digits: [UInt8], _ alphabet: [UInt8]) -> UInt64? {
        value(of: String(decoding: digits, as: UTF8.self), alphabet)
    }
}
