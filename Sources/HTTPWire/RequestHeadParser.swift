/// Reads request heads out of a growing buffer, line by line (RFC 9112 §2.2 to §5). It stops where
/// the bytes stop and goes on there, so no byte is scanned twice however the head is cut; it stores
/// ranges only.
///
/// Stricter than RFC 9112 §2.2 asks: lines end in CRLF, a bare LF or CR is refused, because what
/// two readers can split differently is how requests are smuggled (§11.2).
public struct RequestHeadParser: Sendable {
    /// Where the head, the line in progress and the unscanned bytes start.
    package private(set) var headStart = 0
    private var lineStart = 0
    private var scanned = 0
    private var emptyLineCount = 0
    private var isInFields = false
    var facts = FieldFacts()

    public init() {}

    /// Forgets everything; the next head starts at `offset` of `head.bytes`.
    public mutating func begin(at offset: Int, _ head: inout RequestHead) {
        self = RequestHeadParser()
        head.reset()
        (headStart, lineStart, scanned) = (offset, offset, offset)
    }

    /// Follows bytes that were moved `distance` towards the start of the buffer.
    package mutating func move(by distance: Int, _ head: inout RequestHead) {
        headStart -= distance
        lineStart -= distance
        scanned -= distance
        facts.move(by: distance)
        head.move(by: distance)
    }

    /// Goes on with `head.bytes[..<filled]`. Returns where the content starts once the head is
    /// complete, `nil` when more bytes are needed. A head that is refused leaves the parser
    /// unusable until `begin`.
    public mutating func parse(
        _ head: inout RequestHead,
        filled: Int,
        limits: ServerLimits
    ) throws(RequestRefusal) -> Int? {
        while let line = try nextLine(head.bytes.span, filled, limits) {
            if line.isEmpty, !isInFields {
                try skipEmptyLine()
            } else if line.isEmpty {
                try facts.settle(&head)
                head.extent = headStart..<lineStart
                return lineStart
            } else {
                try take(line, &head, limits)
            }
        }
        return nil
    }

    private mutating func take(
        _ line: Range<Int>,
        _ head: inout RequestHead,
        _ limits: ServerLimits
    ) throws(RequestRefusal) {
        if isInFields {
            guard head.fields.count < limits.fieldCountMax else {
                throw RequestRefusal(.tooManyFields)
            }
            let field = try FieldLine.parse(head.bytes.span, line)
            try facts.note(field, head.bytes.span)
            head.fields.append(field)
        } else {
            try RequestLine.parse(line, &head, limits)
            facts.authority = try RequestTarget.normalize(&head)
            isInFields = true
        }
    }

    /// A server should ignore at least one empty line before the request line (RFC 9112 §2.2).
    private mutating func skipEmptyLine() throws(RequestRefusal) {
        emptyLineCount += 1
        guard emptyLineCount <= 4 else { throw RequestRefusal(.malformedRequestLine) }
        headStart = lineStart
    }

    /// The next whole line without its CRLF; `nil` when its end has not arrived.
    private mutating func nextLine(
        _ bytes: Span<UInt8>,
        _ filled: Int,
        _ limits: ServerLimits
    ) throws(RequestRefusal) -> Range<Int>? {
        let index = bytes.firstIndex(of: .lineFeed, in: scanned..<filled)
        scanned = index
        guard index - headStart < limits.headBytesMax else { throw tooLong(bytes, index, limits) }
        guard index < filled else {
            try refuseHopeless(bytes, filled, limits)
            return nil
        }
        guard index > lineStart, bytes[index - 1] == .carriageReturn else {
            throw RequestRefusal(.bareLineFeed)
        }
        let line = lineStart..<(index - 1)
        (lineStart, scanned) = (index + 1, index + 1)
        return line
    }

    /// What need not be waited for: a first byte no method starts with (a TLS hello, say), an
    /// endless target.
    private func refuseHopeless(
        _ bytes: Span<UInt8>,
        _ filled: Int,
        _ limits: ServerLimits
    ) throws(RequestRefusal) {
        guard !isInFields, lineStart < filled else { return }
        let first = bytes[lineStart]
        if !ByteSet.token.contains(first), first != .carriageReturn {
            throw RequestRefusal(.malformedRequestLine)
        }
        let versionBytes = 11
        if filled - lineStart > limits.targetBytesMax + limits.methodBytesMax + versionBytes {
            throw tooLong(bytes, filled, limits)
        }
    }

    private func tooLong(_ bytes: Span<UInt8>, _ end: Int, _ limits: ServerLimits) -> RequestRefusal
    {
        if isInFields { return RequestRefusal(.headTooLarge) }
        var index = lineStart
        while index < end, bytes[index] != .space { index += 1 }
        return RequestRefusal(
            index - lineStart > limits.methodBytesMax ? .methodTooLong : .targetTooLong
        )
    }
}

extension RequestHead {
    mutating func move(by distance: Int) {
        extent = extent.moved(by: distance)
        method = method.moved(by: distance)
        target = target.moved(by: distance)
        for index in fields.indices {
            fields[index].name = fields[index].name.moved(by: distance)
            fields[index].value = fields[index].value.moved(by: distance)
        }
    }
}

extension Range<Int> {
    /// An empty range that was never set stays where it is.
    func moved(by distance: Int) -> Range<Int> {
        lowerBound >= distance ? (lowerBound - distance)..<(upperBound - distance) : 0..<0
    }
}
