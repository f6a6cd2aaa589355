internal import Observability

/// Finished bytes of one answer; only the request id differs from one sending to the next.
struct HotAnswer {
    let bytes: [UInt8]
    /// Where the request id stands in the head; `nil` where it does not.
    private let place: Int?

    /// Bytes at the start among which the id is looked for.
    private static let headBytesMax = 4_096

    /// `bytes` hold `requestID` in their head once.
    init(_ bytes: [UInt8], requestID: RequestID) {
        self.bytes = bytes
        var id: [UInt8] = []
        requestID.append(to: &id)
        let head = bytes.prefix(Self.headBytesMax)
        place = head.indices.first { head[$0...].starts(with: id) }
    }

    func bytes(requestID: RequestID) -> [UInt8] {
        var copy = bytes
        if let place { requestID.write(over: &copy, at: place) }
        return copy
    }
}
