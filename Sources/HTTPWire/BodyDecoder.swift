/// Takes the framing off a request's content (RFC 9112 §6, §7), in any split of the bytes.
public struct BodyDecoder: Sendable {
    private var state: State
    private let limits: ServerLimits

    private enum State {
        case fixed(remaining: Int)
        case chunked(ChunkDecoder)
        case complete
    }

    /// Throws `bodyTooLarge` for a length over the limit, before any content was read.
    public init(framing: BodyFraming, limits: ServerLimits) throws(RequestRefusal) {
        self.limits = limits
        switch framing {
        case .none:
            state = .complete
        case .fixed(let length):
            guard length <= limits.bodyBytesMax else { throw RequestRefusal(.bodyTooLarge) }
            state = length == 0 ? .complete : .fixed(remaining: length)
        case .chunked:
            state = .chunked(ChunkDecoder())
        }
    }

    public var isComplete: Bool {
        if case .complete = state { true } else { false }
    }

    /// Appends content from `input` to `body`; returns how many of its bytes belong to this
    /// request. What follows them is the next request.
    public mutating func decode(
        _ input: Span<UInt8>,
        into body: inout [UInt8]
    ) throws(RequestRefusal) -> Int {
        switch state {
        case .complete:
            return 0
        case .fixed(let remaining):
            let count = min(remaining, input.count)
            body.append(span: input.extracting(0..<count))
            state = count == remaining ? .complete : .fixed(remaining: remaining - count)
            return count
        case .chunked(var decoder):
            let count = try decoder.decode(input, into: &body, limits)
            state = decoder.isComplete ? .complete : .chunked(decoder)
            return count
        }
    }
}

extension RequestHead {
    /// Decodes from the buffer the head stood in.
    package func decode(
        _ range: Range<Int>,
        _ decoder: inout BodyDecoder,
        into body: inout [UInt8]
    ) throws(RequestRefusal) -> Int {
        try decoder.decode(bytes.span.extracting(range), into: &body)
    }
}

extension [UInt8] {
    mutating func append(span: Span<UInt8>) {
        span.withUnsafeBufferPointer { append(contentsOf: $0) }
    }
}
