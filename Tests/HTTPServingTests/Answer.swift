/// A received answer, read leniently.
struct Answer {
    var status: Int
    var head: String
    var body: String
    var byteCount: Int

    /// `nil` until `bytes` hold it whole.
    init?(_ bytes: [UInt8], isHead: Bool = false) {
        guard let end = Self.headEnd(bytes) else { return nil }
        head = String(decoding: bytes[..<end], as: UTF8.self)
        status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
        let lengthLine = head.split(separator: "\r\n").first { $0.hasPrefix("content-length: ") }
        let length = isHead || status == 100 ? 0 : Int(lengthLine?.dropFirst(16) ?? "") ?? 0
        byteCount = end + length
        guard bytes.count >= byteCount else { return nil }
        body = String(decoding: bytes[end..<byteCount], as: UTF8.self)
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        var matched = 0
        for (index, byte) in bytes.enumerated() {
            let isReturn = byte == 0x0D
            let isExpected = byte == (matched % 2 == 0 ? 0x0D : 0x0A)
            matched = isExpected ? matched + 1 : isReturn ? 1 : 0
            if matched == 4 { return index + 1 }
        }
        return nil
    }
}
