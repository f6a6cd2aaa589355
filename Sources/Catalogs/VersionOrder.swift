/// Versions of operating systems: numeric by component. A component is a run of digits or of letters, so
/// `2012-r2` is 2012, r, 2. A version comes before its continuation: `7 < 7.9 < 10`, `2012 < 2012-r2`,
/// `20.03 < 20.03-sp3`. Letters come before numbers: `8-stream < 8.1`.
enum VersionOrder {
    static func compare(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        var (leftEnd, rightEnd) = (0, 0)
        while true {
            let leftPart = component(of: left, from: leftEnd)
            let rightPart = component(of: right, from: rightEnd)
            if leftPart.isEmpty || rightPart.isEmpty { return leftPart.count - rightPart.count }
            let result = compare(
                component: left.extracting(leftPart),
                right.extracting(rightPart)
            )
            if result != 0 { return result }
            (leftEnd, rightEnd) = (leftPart.upperBound, rightPart.upperBound)
        }
    }

    /// Whether the version begins with these components, whole ones, as they are written: `7` begins `7.9`
    /// and never `70`. Only `.`, `-`, `_` and blanks end a component here.
    static func matches(version: Span<UInt8>, prefix: Span<UInt8>) -> Bool {
        guard version.count >= prefix.count, !prefix.isEmpty else { return false }
        for index in 0..<prefix.count
        where LowerCase.ascii(version[index]) != LowerCase.ascii(prefix[index]) {
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

    /// The next run of digits or letters, numbers without their leading zeros; empty at the end.
    private static func component(of text: Span<UInt8>, from offset: Int) -> Range<Int> {
        var start = offset
        while start < text.count, kind(text[start]) == .separator { start += 1 }
        guard start < text.count else { return start..<start }
        let kind = kind(text[start])
        var end = start + 1
        while end < text.count, self.kind(text[end]) == kind { end += 1 }
        if kind == .digit {
            while start + 1 < end, text[start] == UInt8(ascii: "0") { start += 1 }
        }
        return start..<end
    }

    private static func compare(component left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        let leftIsNumber = kind(left[0]) == .digit
        if leftIsNumber != (kind(right[0]) == .digit) { return leftIsNumber ? 1 : -1 }
        if leftIsNumber, left.count != right.count { return left.count - right.count }
        for index in 0..<min(left.count, right.count) {
            let (one, other) = (LowerCase.ascii(left[index]), LowerCase.ascii(right[index]))
            if one != other { return one < other ? -1 : 1 }
        }
        return left.count - right.count
    }
}

extension VersionOrder {
    static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        compare(left.span, right.span)
    }
}
