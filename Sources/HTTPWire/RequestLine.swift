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
        guard !isRestOfTarget(bytes, version) else { throw RequestRefusal(.blankInTarget) }
        return Parts(method: method, target: target, version: version)
    }

    /// Up to the next space. Which bytes may stand there depends on the form and is checked with
    /// it.
    private static func targetEnd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
        bytes.firstIndex(of: .space, in: min(start, end)..<end)
    }

    /// Whether what stands behind the second space ends in a third one and a version.
    private static func isRestOfTarget(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard range.count > versionByteCount else { return false }
        let start = range.upperBound - versionByteCount
        return bytes[start - 1] == .space && hasVersionForm(bytes, start)
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
        guard range.count == versionByteCount, hasVersionForm(bytes, range.lowerBound) else {
            throw RequestRefusal(.malformedVersion)
        }
        let (major, minor) = (bytes[range.lowerBound + 5], bytes[range.lowerBound + 7])
        guard major == UInt8(ascii: "1") else { throw RequestRefusal(.unsupportedVersion) }
        return minor != UInt8(ascii: "0")
    }

    private static let versionByteCount = 8

    private static func hasVersionForm(_ bytes: Span<UInt8>, _ start: Int) -> Bool {
        let prefix: StaticString = "HTTP/"
        for offset in 0..<5 where bytes[start + offset] != prefix.utf8Start[offset] { return false }
        return bytes[start + 5].isDigit && bytes[start + 6] == UInt8(ascii: ".")
            && bytes[start + 7].isDigit
    }
}
