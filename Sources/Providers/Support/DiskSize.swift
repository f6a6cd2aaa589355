/// Sizes of disks as providers spell them: `30`, `480GB`, `1.92TB`, `512 MiB`.
enum DiskSize {
    /// Whole GB, rounded up; `nil` for anything that is not a number with a known unit, and for zero.
    static func gigabytes(_ text: String) -> Int? {
        let bytes = Array(text.trimmedBlanks.utf8)
        let digits = bytes.prefix { (48...57).contains($0) || $0 == 0x2E }
        let unit = String(decoding: bytes.dropFirst(digits.count), as: UTF8.self)
        guard let (value, scale) = decimal(digits),
            let (factor, divisor) = ratio(unit.trimmedBlanks.lowercased())
        else { return nil }
        let denominator = scale * divisor
        let gigabytes = (value * factor + denominator - 1) / denominator
        return gigabytes > 0 ? gigabytes : nil
    }

    /// `1.92` as 192 and 100. The digits are bounded, so nothing here overflows.
    private static func decimal(_ digits: ArraySlice<UInt8>) -> (value: Int, scale: Int)? {
        let parts = digits.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, (1...9).contains(whole.count) else {
            return nil
        }
        let fraction = parts.count == 2 ? parts[1] : []
        guard parts.count == 1 || (1...4).contains(fraction.count) else { return nil }
        let value = (whole + fraction).reduce(0) { $0 * 10 + Int($1 - 48) }
        return (value, fraction.reduce(1) { scale, _ in scale * 10 })
    }

    /// GB per unit.
    private static func ratio(_ unit: String) -> (factor: Int, divisor: Int)? {
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
