internal import JSONText

/// Sizes of disks as providers spell them: `30`, `480GB`, `1.92TB`, `512 MiB`.
enum DiskSize {
    /// Whole GB, rounded up; `nil` for anything that is not a number with a known unit, and for zero.
    static func gigabytes(_ text: String) -> Int? {
        plainGigabytes(text) ?? measuredGigabytes(text)
    }

    /// Up to nine digits alone, as most are written.
    private static func plainGigabytes(_ text: String) -> Int? {
        guard text.utf8.count <= 9, let last = text.utf8.last, 48...57 ~= last else { return nil }
        var value = 0
        for byte in text.utf8 {
            guard case 48...57 = byte else { return nil }
            value = value &* 10 &+ Int(byte &- 48)
        }
        return value > 0 ? value : nil
    }

    private static func measuredGigabytes(_ text: String) -> Int? {
        let bytes = text.utf8.span
        var offset = blanksEnd(bytes, from: 0)
        guard let (value, scale) = decimal(bytes, &offset) else { return nil }
        let start = blanksEnd(bytes, from: offset)
        var end = bytes.count
        while end > start, isBlank(bytes[end - 1]) { end -= 1 }
        let unit = JSONWord(bytes.extracting(start..<end)).lowercasedASCII
        guard let (factor, divisor) = ratio(unit) else { return nil }
        let denominator = scale * divisor
        let gigabytes = (value * factor + denominator - 1) / denominator
        return gigabytes > 0 ? gigabytes : nil
    }

    /// `1.92` as 192 and 100. The digits are bounded, so nothing here overflows.
    private static func decimal(
        _ bytes: borrowing Span<UInt8>,
        _ offset: inout Int
    ) -> (value: Int, scale: Int)? {
        var (value, scale) = (0, 1)
        let whole = digits(bytes, &offset, &value)
        guard (1...9).contains(whole) else { return nil }
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: ".") else { return (value, 1) }
        offset += 1
        let fraction = digits(bytes, &offset, &value)
        guard (1...4).contains(fraction) else { return nil }
        for _ in 0..<fraction { scale *= 10 }
        return (value, scale)
    }

    /// Appends the digits at `offset` to `value`, of which more than nine do not count; how many there are.
    private static func digits(
        _ bytes: borrowing Span<UInt8>,
        _ offset: inout Int,
        _ value: inout Int
    ) -> Int {
        let start = offset
        while offset < bytes.count, case 48...57 = bytes[offset] {
            if offset - start < 9 { value = value * 10 + Int(bytes[offset] - 48) }
            offset += 1
        }
        return offset - start
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }

    private static func blanksEnd(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int {
        var offset = start
        while offset < bytes.count, isBlank(bytes[offset]) { offset += 1 }
        return offset
    }

    /// GB per unit.
    private static func ratio(_ unit: JSONWord) -> (factor: Int, divisor: Int)? {
        switch unit {
        case "", "g", "gb", "gib": (1, 1)
        case "t", "tb": (1_000, 1)
        case "tib": (1_024, 1)
        case "m", "mb": (1, 1_000)
        case "mib": (1, 1_024)
        default: nil
        }
    }
}
