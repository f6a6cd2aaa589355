/// `method SP request-target SP HTTP-version` (RFC 9112 §3).
enum RequestLine {
    static func parse(
        _ line: Range<Int>,
        _ head: inout RequestHead,
        _ limits: ServerLimits
    ) throws(RequestRefusal) {
        let parts = try split(head.bytes.span, line, limits)
        head.isVersion11 = try version(head.bytes.span, parts.version)
        head.method = parts.method
        head.target = parts.target
    }

    private struct Parts {
        var method: Range<Int>
        var target: Range<Int>
        var version: Range<Int>
    }

    /// Exactly two single spaces; the lenient splitting that RFC 9112 §3 permits is declined.
    private static func split(
        _ bytes: Span<UInt8>,
        _ line: Range<Int>,
        _ limits: ServerLimits
    ) throws(RequestRefusal) -> Parts {
        let method = try method(bytes, line, limits)
        let start = method.upperBound + 1
        let target = start..<targetEnd(bytes, start, line.upperBound)
        guard target.count <= limits.targetBytesMax else { throw RequestRefusal(.targetTooLong) }
        guard !target.isEmpty, target.upperBound < line.upperBound else {
            throw RequestRefusal(.malformedRequestLine)
        }
        let version = (target.upperBound + 1)..<line.upperBound
        return Parts(method: method, target: target, version: version)
    }

    /// Up to the next space. Which bytes may stand there depends on the form and is checked with
    /// it.
    private static func targetEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        bytes.firstIndex(of: .space, in: min(start, end)..<end)
    }

    private static func method(
        _ bytes: Span<UInt8>,
        _ line: Range<Int>,
        _ limits: ServerLimits
    ) throws(RequestRefusal) -> Range<Int> {
        var index = line.lowerBound
        while index < line.upperBound, ByteSet.token.contains(bytes[index]) { index += 1 }
        let method = line.lowerBound..<index
        guard index < line.upperBound, !method.isEmpty, bytes[index] == .space else {
            throw RequestRefusal(.malformedRequestLine)
        }
        guard method.count <= limits.methodBytesMax else { throw RequestRefusal(.methodTooLong) }
        return method
    }

    /// `HTTP/` DIGIT `.` DIGIT, case-sensitive (RFC 9112 §2.3). A higher minor of major 1 is served
    /// as 1.1 (RFC 9110 §2.5), any other major is 505.
    private static func version(
        _ bytes: Span<UInt8>,
        _ range: Range<Int>
    ) throws(RequestRefusal) -> Bool {
        let prefix: StaticString = "HTTP/"
        guard range.count == 8 else { throw RequestRefusal(.malformedVersion) }
        for offset in 0..<5 where bytes[range.lowerBound + offset] != prefix.utf8Start[offset] {
            throw RequestRefusal(.malformedVersion)
        }
        let (major, dot, minor) = (
            bytes[range.lowerBound + 5], bytes[range.lowerBound + 6], bytes[range.lowerBound + 7]
        )
        guard major.isDigit, dot == UInt8(ascii: "."), minor.isDigit else {
            throw RequestRefusal(.malformedVersion)
        }
        guard major == UInt8(ascii: "1") else { throw RequestRefusal(.unsupportedVersion) }
        return minor != UInt8(ascii: "0")
    }
}
