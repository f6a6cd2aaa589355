/// One whole HTTP/1.1 message at the beginning of some bytes: as much of it as a tool needs that talks to
/// servers it knows.
struct WireMessage {
    let head: String
    let body: Range<Int>

    /// `nil` where the message has not come in whole. A body is taken for as long as `content-length` says.
    init?(_ bytes: [UInt8]) {
        guard let end = WireMessage.headEnd(bytes) else { return nil }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let length = WireMessage.value(of: "content-length", in: head).flatMap { Int($0) } ?? 0
        guard bytes.count >= end + length else { return nil }
        self.head = head
        body = end..<end + length
    }

    var byteCount: Int { body.upperBound }

    /// Of a response.
    var status: Int { Int(head.dropFirst(9).prefix(3)) ?? 0 }

    /// Of a request: method and path.
    var route: String {
        String(head.prefix { $0 != "?" && $0 != "\r\n" }.prefix(upToLast: " HTTP/"))
    }

    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        for index in 3..<bytes.count where bytes[index] == 10 {
            if bytes[index - 1] == 13, bytes[index - 2] == 10, bytes[index - 3] == 13 {
                return index + 1
            }
        }
        return nil
    }

    private static func value(of name: String, in head: String) -> Substring? {
        for line in head.split(separator: "\r\n") {
            let key = line.prefix { $0 != ":" }
            guard key.lowercased() == name else { continue }
            return line.dropFirst(key.count + 1).drop { $0 == " " }
        }
        return nil
    }
}

extension Substring {
    /// What stands before the last `text`, or everything.
    fileprivate func prefix(upToLast text: String) -> Substring {
        ranges(of: text).last.map { self[..<$0.lowerBound] } ?? self
    }
}
