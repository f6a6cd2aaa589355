/// The four forms of a request target (RFC 9112 §3.2), brought to origin form or `*`.
enum RequestTarget {
    /// Checks `head.target`, rewrites an absolute one in place and returns its authority.
    static func normalize(_ head: inout RequestHead) throws(RequestRefusal) -> Range<Int>? {
        // §3.2.3: authority-form belongs to CONNECT alone, which an origin server need not
        // implement.
        if head.methodIs("CONNECT") { throw RequestRefusal(.connectUnsupported) }
        let first = head.bytes[head.target.lowerBound]
        if first == UInt8(ascii: "/") {
            try check(head.bytes.span, head.target)
            return nil
        }
        if first == UInt8(ascii: "*"), head.target.count == 1 {
            // §3.2.4: the asterisk-form is only used with OPTIONS.
            guard head.methodIs("OPTIONS") else { throw RequestRefusal(.invalidTargetForm) }
            return nil
        }
        return try absolute(&head)
    }

    /// §3.2.2: a server must accept the absolute-form. An empty path becomes `/`, or `*` with
    /// OPTIONS (§3.2.4).
    private static func absolute(_ head: inout RequestHead) throws(RequestRefusal) -> Range<Int> {
        let start = try schemeEnd(head)
        var end = start
        while end < head.target.upperBound, !isAuthorityEnd(head.bytes[end]) { end += 1 }
        // RFC 9110 §4.2.1: an empty host is an error; §4.2.4: so is userinfo, which no host
        // contains.
        guard HostText.isValid(head.bytes.span, start..<end) else {
            throw RequestRefusal(.invalidTargetForm)
        }
        let rest = end..<head.target.upperBound
        try check(head.bytes.span, rest)
        if rest.isEmpty { return emptyPath(&head, start..<end) }
        if head.bytes[end] == UInt8(ascii: "/") {
            head.target = rest
            return start..<end
        }
        return insertSlash(&head, start..<end)
    }

    private static func isAuthorityEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
    }

    /// Offset after `http://` or `https://` in any case (RFC 3986 §3.1).
    private static func schemeEnd(_ head: borrowing RequestHead) throws(RequestRefusal) -> Int {
        let start = head.target.lowerBound
        for scheme in ["http://", "https://"] as [StaticString] {
            let end = start + scheme.utf8CodeUnitCount
            if end < head.target.upperBound, head.equalsIgnoringCase(start..<end, scheme) {
                return end
            }
        }
        throw RequestRefusal(.invalidTargetForm)
    }

    /// The second slash of `//` before the authority becomes the target.
    private static func emptyPath(_ head: inout RequestHead, _ authority: Range<Int>) -> Range<Int>
    {
        let slash = authority.lowerBound - 1
        if head.methodIs("OPTIONS") { head.bytes[slash] = UInt8(ascii: "*") }
        head.target = slash..<authority.lowerBound
        return authority
    }

    /// `http://host?query`: the authority moves one byte into the scheme's room and leaves it to a
    /// slash.
    private static func insertSlash(_ head: inout RequestHead, _ authority: Range<Int>) -> Range<
        Int
    > {
        for index in authority { head.bytes[index - 1] = head.bytes[index] }
        let slash = authority.upperBound - 1
        head.bytes[slash] = UInt8(ascii: "/")
        head.target = slash..<head.target.upperBound
        return (authority.lowerBound - 1)..<slash
    }

    /// `absolute-path [ "?" query ]` (RFC 9112 §3.2.1); percent-encoding is whole (RFC 3986 §2.1).
    private static func check(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            guard ByteSet.target.contains(byte) else { throw RequestRefusal(.invalidTarget) }
            if byte == UInt8(ascii: "%") {
                guard bytes.isEncodedByte(at: index, before: range.upperBound) else {
                    throw RequestRefusal(.invalidTarget)
                }
            }
            index += 1
        }
    }
}

extension Span<UInt8> {
    /// `"%" HEXDIG HEXDIG`
    func isEncodedByte(at index: Int, before end: Int) -> Bool {
        index + 2 < end && self[index + 1].hexDigit != nil && self[index + 2].hexDigit != nil
    }
}
