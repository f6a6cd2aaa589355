/// `chunked-body` (RFC 9112 §7.1), a byte at a time for the framing, in bulk for the data.
///
/// States: size → (extension) → sizeLineFeed → data → dataReturn → dataLineFeed → size …;
/// after a size of 0: trailer lines until an empty one → complete.
struct ChunkDecoder: Sendable {
    private var state = State.size
    private var size = 0
    private var digitCount = 0
    private var lineByteCount = 0
    private var extensions = ChunkExtensionChecker()
    private var trailer = TrailerReader()

    private enum State {
        case size, extensions, sizeLineFeed, data, dataReturn, dataLineFeed, trailer, complete
    }

    var isComplete: Bool { state == .complete }

    mutating func decode(
        _ input: Span<UInt8>,
        into body: inout [UInt8],
        _ limits: ServerLimits
    ) throws(RequestRefusal) -> Int {
        var index = 0
        while index < input.count, state != .complete {
            if state == .data {
                index += takeData(input.extracting(index..<input.count), into: &body)
            } else {
                try takeFraming(input[index], body.count, limits)
                index += 1
            }
        }
        return index
    }

    private mutating func takeData(_ input: Span<UInt8>, into body: inout [UInt8]) -> Int {
        let count = min(size, input.count)
        body.append(span: input.extracting(0..<count))
        size -= count
        if size == 0 { state = .dataReturn }
        return count
    }

    private mutating func takeFraming(
        _ byte: UInt8,
        _ bodyByteCount: Int,
        _ limits: ServerLimits
    ) throws(RequestRefusal) {
        switch state {
        case .size, .extensions, .sizeLineFeed:
            try takeSizeLine(byte, bodyByteCount, limits)
        case .dataReturn:
            try expect(byte, .carriageReturn, then: .dataLineFeed)
        case .dataLineFeed:
            try expect(byte, .lineFeed, then: .size)
        case .trailer:
            if try trailer.take(byte, limits) { state = .complete }
        case .data, .complete:
            break
        }
    }

    private mutating func takeSizeLine(
        _ byte: UInt8,
        _ bodyByteCount: Int,
        _ limits: ServerLimits
    ) throws(RequestRefusal) {
        lineByteCount += 1
        guard lineByteCount <= limits.chunkLineBytesMax else {
            throw RequestRefusal(.malformedChunk)
        }
        switch state {
        case .sizeLineFeed:
            try expect(byte, .lineFeed, then: size == 0 ? .trailer : .data)
            (digitCount, lineByteCount) = (0, 0)
        case .extensions:
            try takeExtension(byte)
        default:
            try takeSize(byte, bodyByteCount, limits)
        }
    }

    /// §7.1: `1*HEXDIG`; a size that would exceed the limit, or overflow, is refused at the digit
    /// that shows it.
    private mutating func takeSize(
        _ byte: UInt8,
        _ bodyByteCount: Int,
        _ limits: ServerLimits
    ) throws(RequestRefusal) {
        if let digit = byte.hexDigit {
            let (product, overflow) = (digitCount == 0 ? 0 : size).multipliedReportingOverflow(
                by: 16
            )
            digitCount += 1
            guard !overflow, product <= limits.bodyBytesMax - bodyByteCount - Int(digit) else {
                throw RequestRefusal(.bodyTooLarge)
            }
            size = product + Int(digit)
            return
        }
        guard digitCount > 0 else { throw RequestRefusal(.malformedChunk) }
        extensions = ChunkExtensionChecker()
        try takeExtension(byte)
    }

    private mutating func takeExtension(_ byte: UInt8) throws(RequestRefusal) {
        if byte == .carriageReturn {
            guard extensions.mayEnd else { throw RequestRefusal(.malformedChunk) }
            state = .sizeLineFeed
        } else {
            guard extensions.take(byte) else { throw RequestRefusal(.malformedChunk) }
            state = .extensions
        }
    }

    private mutating func expect(
        _ byte: UInt8,
        _ expected: UInt8,
        then next: State
    ) throws(RequestRefusal) {
        guard byte == expected else { throw RequestRefusal(.malformedChunk) }
        state = next
    }
}
