/// Bytes of answers that the socket has not taken yet.
struct OutputBuffer {
    private var bytes: [UInt8] = []
    private var offset = 0

    var isEmpty: Bool { offset == bytes.count }
    /// Bytes that are held, those included that were sent.
    var byteCount: Int { bytes.count }

    /// Takes the array as it is when nothing waits, so that finished answers are sent without a
    /// copy.
    mutating func append(_ more: [UInt8]) {
        if isEmpty {
            bytes = more
            offset = 0
        } else {
            bytes.append(contentsOf: more)
        }
    }

    /// Hands `bytes` out without keeping them, behind what waits already; copies what is not taken.
    mutating func send(_ bytes: Span<UInt8>, through transport: Transport) -> TransferResult {
        bytes.withUnsafeBytes { bytes in
            guard isEmpty else {
                append(Array(bytes))
                return .wouldBlock
            }
            let result = transport.send(bytes)
            guard case .bytes(bytes.count) = result else {
                return sendRest(of: bytes, after: result, through: transport)
            }
            return result
        }
    }

    @inline(never)
    private mutating func sendRest(
        of bytes: UnsafeRawBufferPointer,
        after first: TransferResult,
        through transport: Transport
    ) -> TransferResult {
        var start = 0
        var result = first
        while case .bytes(let count) = result {
            start += count
            guard start < bytes.count else { return .bytes(bytes.count) }
            result = transport.send(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
        append(Array(bytes[start...]))
        return result
    }

    /// Hands out what is left until `transport` takes no more.
    mutating func flush(through transport: Transport) -> TransferResult {
        var result = TransferResult.bytes(0)
        while !isEmpty {
            result = bytes.withUnsafeBytes { bytes in
                transport.send(UnsafeRawBufferPointer(rebasing: bytes[offset...]))
            }
            guard case .bytes(let count) = result else { return result }
            offset += count
        }
        // Drops the reference to the answer, not the answer.
        bytes = []
        offset = 0
        return result
    }
}
