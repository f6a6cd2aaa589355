/// Finished bytes of one answer; only the request id differs from one sending to the next.
struct HotAnswer {
    private(set) var bytes: [UInt8]
    /// Where the request id stands in the head.
    private let place: Range<Int>

    /// `bytes` hold `requestID` in their head once.
    init(_ bytes: [UInt8], requestID: String) {
        self.bytes = bytes
        let id = Array(requestID.utf8)
        let head = bytes.prefix(4_096)
        let start = head.indices.first { head[$0...].starts(with: id) }
        place = start.map { $0..<$0 + id.count } ?? 0..<0
    }

    func bytes(requestID: String) -> [UInt8] {
        var copy = bytes
        var index = place.lowerBound
        for byte in requestID.utf8 where index < place.upperBound {
            copy[index] = byte
            index += 1
        }
        return copy
    }
}
