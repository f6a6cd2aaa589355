/// The statuses of the answers that came on one connection.
struct AnswerStream {
    private(set) var statuses: [Int] = []
    /// Whether all that came were whole answers.
    private(set) var isWhole = true

    init(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let answer = AnswerStream.answer(rest) else {
                isWhole = false
                return
            }
            statuses.append(answer.status)
            rest = rest[answer.end...]
        }
    }

    /// The status of the answer that stands first, and where the next one begins. What HEAD was asked for
    /// has a length and no content: then the next answer, or nothing, stands right behind its head.
    private static func answer(_ bytes: ArraySlice<UInt8>) -> (status: Int, end: Int)? {
        guard bytes.starts(with: mark), bytes.count > 12,
            let status = Int(text(bytes.dropFirst(9).prefix(3))),
            let head = bytes.firstRange(of: Array("\r\n\r\n".utf8))
        else { return nil }
        let start = head.upperBound
        let rest = bytes[start...]
        let lines = text(bytes[..<start]).lowercased().split(separator: "\r\n")
        let length = lines.first { $0.hasPrefix("content-length:") }.flatMap {
            Int($0.dropFirst(15).filter { $0 != " " })
        }
        let isBare = status < 200 || status == 204 || status == 304 || rest.isEmpty
        guard !isBare, !rest.starts(with: mark), let length else { return (status, start) }
        return length <= rest.count ? (status, start + length) : nil
    }

    private static let mark = Array("HTTP/1.1 ".utf8)

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
