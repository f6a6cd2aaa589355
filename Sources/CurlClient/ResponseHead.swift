internal import Upstreams

/// Gathers the final answer's header fields from the lines that libcurl hands over one by one: first the
/// heads of interim answers, then the final head, then, after the body, trailers, which are left out.
struct ResponseHead {
    private(set) var fields = UpstreamFields()
    /// The final head has been read to its end.
    private(set) var isComplete = false
    private(set) var contentLength: Int?
    /// It names two lengths, so that nobody knows where the answer ends (RFC 9112 §6.3).
    private(set) var isContradictory = false
    private var isInterim = false
    private var byteCount = 0
    private var fieldCount = 0
    private let limits: CurlTransportLimits

    init(limits: CurlTransportLimits) {
        self.limits = limits
    }

    /// Takes one line with its line end. Answers what is too much, or `nil`.
    mutating func received(_ line: UnsafeRawBufferPointer) -> String? {
        byteCount += line.count
        fieldCount += 1
        if byteCount > limits.headBytesMax {
            return "the answer's head is longer than \(limits.headBytesMax) bytes"
        }
        // The status line and the empty line are no fields.
        if fieldCount > limits.headFieldCountMax + 2 {
            return "the answer's head has more than \(limits.headFieldCountMax) fields"
        }
        if !isComplete { take(line) }
        return nil
    }

    private mutating func take(_ line: UnsafeRawBufferPointer) {
        let text = trimmed(line)
        if text.isEmpty {
            isComplete = !isInterim
        } else if isStatusLine(text) {
            begin(statusLine: text)
        } else if let colon = text.firstIndex(of: UInt8(ascii: ":")) {
            append(
                name: UnsafeRawBufferPointer(rebasing: text[..<colon]),
                value: trimmed(UnsafeRawBufferPointer(rebasing: text[(colon + 1)...]))
            )
        }
    }

    private func isStatusLine(_ text: UnsafeRawBufferPointer) -> Bool {
        let start: StaticString = "HTTP/"
        guard text.count >= start.utf8CodeUnitCount else { return false }
        return start.withUTF8Buffer { start in
            start.indices.allSatisfy { text[$0] == start[$0] }
        }
    }

    /// `HTTP/1.1 103 Early Hints`: a status that starts with 1 announces another head.
    private mutating func begin(statusLine: UnsafeRawBufferPointer) {
        let status = statusLine.drop { $0 != UInt8(ascii: " ") }.drop { $0 == UInt8(ascii: " ") }
        isInterim = status.first == UInt8(ascii: "1")
        fields = UpstreamFields()
        (contentLength, isContradictory) = (nil, false)
    }

    private mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        if isContentLength(name) { note(length: Int(String(decoding: value, as: UTF8.self))) }
        fields.append(
            name: name.assumingMemoryBound(to: UInt8.self).span,
            value: value.assumingMemoryBound(to: UInt8.self).span
        )
    }

    private func isContentLength(_ name: UnsafeRawBufferPointer) -> Bool {
        let wanted: StaticString = "content-length"
        guard name.count == wanted.utf8CodeUnitCount else { return false }
        return wanted.withUTF8Buffer { wanted in
            name.indices.allSatisfy { name[$0] | 0x20 == wanted[$0] }
        }
    }

    private mutating func note(length: Int?) {
        if let contentLength, contentLength != length { isContradictory = true }
        contentLength = length
    }

    private func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, bytes.count)
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
    }
}
