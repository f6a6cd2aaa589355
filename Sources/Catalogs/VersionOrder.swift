/// Versions of operating systems: numeric by component. A component is a run of digits or of letters, so
/// `2012-r2` is 2012, r, 2. A version comes before its continuation: `7 < 7.9 < 10`, `2012 < 2012-r2`,
/// `20.03 < 20.03-sp3`. Letters come before numbers: `8-stream < 8.1`.
enum VersionOrder {
    static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        let (leftParts, rightParts) = (components(left), components(right))
        for (leftPart, rightPart) in zip(leftParts, rightParts) {
            let result = compare(component: leftPart, rightPart)
            if result != 0 { return result }
        }
        return leftParts.count - rightParts.count
    }

    /// Whether the version begins with these components, whole ones, as they are written: `7` begins `7.9`
    /// and never `70`. Only `.`, `-`, `_` and blanks end a component here.
    static func matches(version: [UInt8], prefix: [UInt8]) -> Bool {
        guard version.count >= prefix.count, !prefix.isEmpty else { return false }
        for (left, right) in zip(version, prefix)
        where LowerCase.ascii(left) != LowerCase.ascii(right) {
            return false
        }
        return version.count == prefix.count || isSeparator(version[prefix.count])
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            || byte == UInt8(ascii: " ")
    }

    private enum Kind { case digit, letter, separator }

    private static func kind(_ byte: UInt8) -> Kind {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x80...:
            .letter
        default: .separator
        }
    }

    /// Numbers lose their leading zeros, letters their case.
    private static func components(_ text: [UInt8]) -> [[UInt8]] {
        var result: [[UInt8]] = []
        var last = Kind.separator
        for byte in text {
            let kind = kind(byte)
            if kind == .separator {
                last = kind
                continue
            }
            if kind != last { result.append([]) }
            last = kind
            append(byte, kind, to: &result[result.count - 1])
        }
        return result
    }

    private static func append(_ byte: UInt8, _ kind: Kind, to component: inout [UInt8]) {
        if kind == .digit, component == [UInt8(ascii: "0")] { component.removeAll() }
        component.append(LowerCase.ascii(byte))
    }

    private static func compare(component left: [UInt8], _ right: [UInt8]) -> Int {
        let leftIsNumber = left.first.map { kind($0) == .digit } ?? false
        let rightIsNumber = right.first.map { kind($0) == .digit } ?? false
        if leftIsNumber != rightIsNumber { return leftIsNumber ? 1 : -1 }
        if leftIsNumber, left.count != right.count { return left.count - right.count }
        return ByteOrder.compare(left, right)
    }
}
