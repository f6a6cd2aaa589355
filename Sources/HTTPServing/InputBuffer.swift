import HTTPWire

/// What was received and not yet used, with the head that is parsed in place. Borrowed from the
/// loop's pool while a connection has input, so that an idle connection holds none.
final class InputBuffer {
    // `@exclusivity(unchecked)`: the run-time checks were a third of our instructions per request.
    // They guard against a second access during the first; all accesses are on one thread, and the
    // calls made during one are to the parser and the socket.
    @exclusivity(unchecked) var head: RequestHead
    @exclusivity(unchecked) private var parser = RequestHeadParser()
    /// The unused bytes are `start..<filled`; while a head is parsed it starts at `start` or after
    /// empty lines.
    @exclusivity(unchecked) private var start = 0
    @exclusivity(unchecked) private var filled = 0
    @exclusivity(unchecked) private var isReadingContent = false
    /// Whether the parser has looked at anything of the present head.
    @exclusivity(unchecked) private var isHeadBegun = false
    @exclusivity(unchecked) private var wasFilledWhole = false

    static let byteCountDefault = 4_096
    /// Content is read in pieces up to this size.
    static let contentByteCountMax = 65_536

    init() {
        head = RequestHead(byteCount: Self.byteCountDefault)
    }

    var isEmpty: Bool { start == filled }

    /// Grown buffers are not worth keeping.
    var isPoolable: Bool { head.bytes.count <= 4 * Self.byteCountDefault }

    /// Goes on with the head; `true` once it is complete. What it consists of stays valid until
    /// `beginHead()` or `beginContent()`.
    func parseHead(_ limits: ServerLimits) throws(RequestRefusal) -> Bool {
        isHeadBegun = true
        guard let end = try parser.parse(&head, filled: filled, limits: limits) else {
            return false
        }
        start = end
        return true
    }

    /// Runs `body` on all bytes, where nothing of the head that begins there has been looked at; they are used
    /// up if it says so.
    func consumeUnread(_ body: (Span<UInt8>) -> Bool) -> Bool {
        guard start == 0, filled > 0, !isHeadBegun, !isReadingContent,
            body(head.bytes.span.extracting(0..<filled))
        else { return false }
        filled = 0
        return true
    }

    /// What follows is the next request.
    func beginHead() {
        if isEmpty { (start, filled) = (0, 0) }
        isReadingContent = false
        isHeadBegun = false
        parser.begin(at: start, &head)
    }

    /// As new, for the next connection.
    func recycle() {
        guard filled > 0 || isReadingContent || isHeadBegun else { return }
        dropAll()
        beginHead()
    }

    /// What follows is content; the head is not needed any more.
    func beginContent() {
        isReadingContent = true
    }

    /// Takes content off the front; all of it, unless the content ends.
    func decode(
        _ decoder: inout BodyDecoder,
        into body: inout [UInt8]
    ) throws(RequestRefusal) {
        start += try head.decode(start..<filled, &decoder, into: &body)
    }

    func dropAll() {
        start = filled
        isReadingContent = true
    }

    /// Lets `receive` write behind what is there.
    func fill(_ receive: (UnsafeMutableRawBufferPointer) -> TransferResult) -> TransferResult {
        makeRoom()
        let offset = filled
        let result = head.bytes.withUnsafeMutableBytes { bytes in
            receive(UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]))
        }
        if case .bytes(let count) = result {
            filled += count
            wasFilledWhole = filled == head.bytes.count
        }
        return result
    }

    private func makeRoom() {
        if isReadingContent {
            (start, filled) = (0, 0)
            if wasFilledWhole, head.bytes.count < Self.contentByteCountMax { grow() }
        } else if filled == head.bytes.count {
            // The parser bounds a head, so this ends.
            if parser.headStart > 0 { moveHeadToFront() } else { grow() }
        }
    }

    private func grow() {
        head.bytes.append(contentsOf: repeatElement(0, count: head.bytes.count))
        wasFilledWhole = false
    }

    private func moveHeadToFront() {
        let used = parser.headStart..<filled
        head.bytes.withUnsafeMutableBytes { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[used]))
        }
        parser.move(by: used.lowerBound, &head)
        (start, filled) = (0, used.count)
    }
}
