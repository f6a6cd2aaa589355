/// `uri-host [ ":" port ]` (RFC 9110 §7.2, RFC 3986 §3.2.2).
enum HostText {
    /// An empty host is refused: an `http` URI has none (RFC 9110 §4.2.1).
    static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard !range.isEmpty else { return false }
        let isLiteral = bytes[range.lowerBound] == UInt8(ascii: "[")
        let end = isLiteral ? literalEnd(bytes, range) : nameEnd(bytes, range)
        guard let end, end > range.lowerBound else { return false }
        return end == range.upperBound || isPort(bytes, end..<range.upperBound)
    }

    /// Offset after `]`; inside are an IPv6 address or `v` HEXDIG `.` something (RFC 3986 §3.2.2).
    private static func literalEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound + 1
        var colonCount = 0
        while index < range.upperBound, bytes[index] != UInt8(ascii: "]") {
            let byte = bytes[index]
            if byte == UInt8(ascii: ":") {
                colonCount += 1
            } else if byte.hexDigit == nil, byte != UInt8(ascii: ".") {
                return nil
            }
            index += 1
        }
        return index < range.upperBound && colonCount >= 2 ? index + 1 : nil
    }

    private static func nameEnd(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        var index = range.lowerBound
        while index < range.upperBound, bytes[index] != UInt8(ascii: ":") {
            let byte = bytes[index]
            guard ByteSet.registeredName.contains(byte) else { return nil }
            if byte == UInt8(ascii: "%") {
                guard bytes.isEncodedByte(at: index, before: range.upperBound) else { return nil }
            }
            index += 1
        }
        return index
    }

    /// `":" *DIGIT`, at most 65535.
    private static func isPort(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard bytes[range.lowerBound] == UInt8(ascii: ":"), range.count <= 6 else { return false }
        var port = 0
        for index in range.dropFirst() {
            guard bytes[index].isDigit else { return false }
            port = port * 10 + Int(bytes[index] &- 0x30)
        }
        return port <= 65_535
    }
}
