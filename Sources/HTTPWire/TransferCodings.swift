/// `Transfer-Encoding` over all its lines: only `chunked`, once, is understood (RFC 9112 §6.1, §7).
struct TransferCodings: Sendable {
    private(set) var isPresent = false
    private var chunkedCount = 0
    private var isLastChunked = false
    private var hasOther = false

    mutating func note(_ value: Range<Int>, _ bytes: Span<UInt8>) throws(RequestRefusal) {
        isPresent = true
        var start = value.lowerBound
        for index in value where bytes[index] == UInt8(ascii: ",") {
            try noteCoding(bytes.trimmed(start..<index), bytes)
            start = index + 1
        }
        try noteCoding(bytes.trimmed(start..<value.upperBound), bytes)
    }

    /// An empty element could be read past; refusing it costs no honest client anything.
    private mutating func noteCoding(_ coding: Range<Int>, _ bytes: Span<UInt8>)
        throws(RequestRefusal)
    {
        guard !coding.isEmpty else { throw RequestRefusal(.invalidTransferEncoding) }
        isLastChunked = bytes.equalsIgnoringCase(coding, "chunked")
        if isLastChunked { chunkedCount += 1 } else { hasOther = true }
    }

    /// §6.3 item 4: chunked must be final; §6.1: not twice; §6.1: a coding not understood is 501.
    func check() throws(RequestRefusal) {
        guard isLastChunked, chunkedCount == 1 else {
            throw RequestRefusal(.invalidTransferEncoding)
        }
        guard !hasOther else { throw RequestRefusal(.unsupportedTransferEncoding) }
    }
}

extension Span<UInt8> {
    /// Calls `body` with each non-empty element of a comma-separated list (RFC 9110 §5.6.1).
    func forEachListMember(_ value: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = value.lowerBound
        for index in value where self[index] == UInt8(ascii: ",") {
            let member = trimmed(start..<index)
            if !member.isEmpty { body(member) }
            start = index + 1
        }
        let member = trimmed(start..<value.upperBound)
        if !member.isEmpty { body(member) }
    }
}
