internal import Observability

/// Finished bytes of one answer; only the request id differs from one sending to the next.
struct HotAnswer {
    let bytes: [UInt8]
    /// Where the request id stands in the head; `nil` where it does not.
    private let place: Int?

    /// `bytes` hold `requestID` in their head as the value of `x-request-id`. A target that is repeated in
    /// the head may hold the same text; it is no field line of its own.
    init(_ bytes: [UInt8], requestID: RequestID) {
        self.bytes = bytes
        let name = Array("\r\nx-request-id: ".utf8)
        var line = name
        requestID.append(to: &line)
        place = Self.place(of: line, in: bytes).map { $0 + name.count }
    }

    private static func place(of line: [UInt8], in bytes: [UInt8]) -> Int? {
        var index = 0
        while index + line.count <= bytes.count {
            let rest = bytes[index...]
            if rest.starts(with: line) { return index }
            if rest.starts(with: [13, 10, 13, 10]) { return nil }
            index += 1
        }
        return nil
    }

    func bytes(requestID: RequestID) -> [UInt8] {
        var copy = bytes
        if let place { requestID.write(over: &copy, at: place) }
        return copy
    }
}
