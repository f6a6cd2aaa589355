/// What the field lines say about framing, connection and host, gathered while they come in and
/// judged at the end of the head.
struct FieldFacts: Sendable {
    /// The authority of an absolute target; it stands in for `Host` (RFC 9112 §3.2.2).
    var authority: Range<Int>?
    private var host: Range<Int>?
    private var hostCount = 0
    private var contentLength: Int?
    private var codings = TransferCodings()
    private var wantsClose = false
    private var wantsKeepAlive = false
    private var expectation = Expectation.none

    private enum Expectation {
        case none, `continue`, unknown
    }

    mutating func move(by distance: Int) {
        authority = authority?.moved(by: distance)
        host = host?.moved(by: distance)
    }

    mutating func note(_ field: RequestHead.Field, _ bytes: Span<UInt8>) throws(RequestRefusal) {
        switch field.name.count {
        case 4 where bytes.equalsIgnoringCase(field.name, "host"): try noteHost(field.value, bytes)
        case 6 where bytes.equalsIgnoringCase(field.name, "expect"):
            noteExpectation(field.value, bytes)
        case 10 where bytes.equalsIgnoringCase(field.name, "connection"):
            noteConnection(field.value, bytes)
        case 14 where bytes.equalsIgnoringCase(field.name, "content-length"):
            try noteLength(field.value, bytes)
        case 17 where bytes.equalsIgnoringCase(field.name, "transfer-encoding"):
            try codings.note(field.value, bytes)
        default: break
        }
    }

    /// RFC 9112 §3.2: more than one Host line, or an invalid value, is 400.
    private mutating func noteHost(_ value: Range<Int>, _ bytes: Span<UInt8>) throws(RequestRefusal)
    {
        hostCount += 1
        guard hostCount == 1 else { throw RequestRefusal(.repeatedHost) }
        guard HostText.isValid(bytes, value) else { throw RequestRefusal(.invalidHost) }
        host = value
    }

    /// RFC 9110 §8.6: `1*DIGIT`. The list of equal values that RFC 9112 §6.3 permits is declined.
    private mutating func noteLength(_ value: Range<Int>, _ bytes: Span<UInt8>)
        throws(RequestRefusal)
    {
        guard contentLength == nil else { throw RequestRefusal(.repeatedContentLength) }
        guard !value.isEmpty else { throw RequestRefusal(.invalidContentLength) }
        var length = 0
        for index in value {
            guard bytes[index].isDigit else { throw RequestRefusal(.invalidContentLength) }
            let (product, overflow) = length.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(bytes[index] &- 0x30))
            length = overflow || carry ? .max : sum
            if length == .max { break }
        }
        for index in value where !bytes[index].isDigit {
            throw RequestRefusal(.invalidContentLength)
        }
        contentLength = length
    }

    /// RFC 9110 §7.6.1: a list of case-insensitive options.
    private mutating func noteConnection(_ value: Range<Int>, _ bytes: Span<UInt8>) {
        bytes.forEachListMember(value) { member in
            if bytes.equalsIgnoringCase(member, "close") { wantsClose = true }
            if bytes.equalsIgnoringCase(member, "keep-alive") { wantsKeepAlive = true }
        }
    }

    private mutating func noteExpectation(_ value: Range<Int>, _ bytes: Span<UInt8>) {
        let isKnown = bytes.equalsIgnoringCase(value, "100-continue") && expectation != .unknown
        expectation = isKnown ? .continue : .unknown
    }

    /// Judges the whole; writes framing and connection into `head`.
    func settle(_ head: inout RequestHead) throws(RequestRefusal) {
        guard host != nil || !head.isVersion11 else { throw RequestRefusal(.missingHost) }
        head.framing = try framing(isVersion11: head.isVersion11)
        // RFC 9112 §9.3: 1.1 persists unless closed, 1.0 closes unless asked to stay.
        head.keepsAlive = !wantsClose && (head.isVersion11 || wantsKeepAlive)
        if let authority { head.replaceHost(authority) }
        // RFC 9110 §10.1.1: an expectation in an HTTP/1.0 request is ignored; an unknown one may be
        // 417.
        guard head.isVersion11 else { return }
        guard expectation != .unknown else { throw RequestRefusal(.unsupportedExpectation) }
        head.expectsContinue = expectation == .continue && head.framing != .none
    }

    /// RFC 9112 §6.1 and §6.3.
    private func framing(isVersion11: Bool) throws(RequestRefusal) -> BodyFraming {
        if codings.isPresent {
            // §6.1: Transfer-Encoding in an HTTP/1.0 message is faulty framing; so is both (§6.3
            // item 3).
            guard isVersion11, contentLength == nil else {
                throw RequestRefusal(.conflictingFraming)
            }
            try codings.check()
            return .chunked
        }
        guard let contentLength, contentLength > 0 else { return .none }
        return .fixed(contentLength)
    }
}

extension RequestHead {
    /// RFC 9112 §3.2.2: with an absolute target the received Host is replaced by the target's.
    mutating func replaceHost(_ authority: Range<Int>) {
        for index in fields.indices where equalsIgnoringCase(fields[index].name, "host") {
            fields[index].value = authority
        }
    }
}
