/// Writes answers (RFC 9112 §4, §6): status line, the responder's fields, then `date`,
/// `content-length` and `connection`, which are the server's own.
public struct ResponseEncoder: Sendable {
    /// The request was HEAD: the answer describes content it does not carry (RFC 9110 §9.3.2).
    public var isHead: Bool
    public var isVersion11: Bool
    public var keepsAlive: Bool
    public var date: HTTPDate

    public init(isHead: Bool, isVersion11: Bool = true, keepsAlive: Bool, date: HTTPDate) {
        self.isHead = isHead
        self.isVersion11 = isVersion11
        self.keepsAlive = keepsAlive
        self.date = date
    }

    /// Appends head and content. A status that is not final (outside 200…599) is sent as 500
    /// without content.
    public func encode(_ response: HTTPResponse, into bytes: inout [UInt8]) {
        let isFinal = (200...599).contains(response.status)
        let status = isFinal ? response.status : 500
        let byteCount = isFinal ? response.contentByteCount : 0
        bytes.reserveCapacity(bytes.count + response.lines.bytes.count + byteCount + 1_024)
        appendStatusLine(status, &bytes)
        bytes.append(contentsOf: response.lines.bytes)
        for field in response.fields where Self.isAllowed(field.name) { append(field, &bytes) }
        appendOwnFields(status, byteCount, &bytes)
        guard isFinal, !isHead, Self.allowsContent(status) else { return }
        for piece in response.lead { bytes.append(contentsOf: piece) }
        bytes.append(contentsOf: response.body)
    }

    /// A whole answer that keeps its connection, as one that closes it: with `connection: close` behind its status line.
    public static func closing(_ answer: Span<UInt8>) -> [UInt8] {
        var end = 0
        while end < answer.count, answer[end] != UInt8(ascii: "\n") { end += 1 }
        end = min(end + 1, answer.count)
        return answer.withUnsafeBufferPointer { bytes in
            var closing: [UInt8] = []
            closing.reserveCapacity(bytes.count + 32)
            closing.append(contentsOf: bytes[..<end])
            closing.append(ascii: "connection: close\r\n")
            closing.append(contentsOf: bytes[end...])
            return closing
        }
    }

    /// The interim answer to `Expect: 100-continue` (RFC 9110 §15.2.1).
    public static let `continue` = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

    private func appendStatusLine(_ status: Int, _ bytes: inout [UInt8]) {
        bytes.append(ascii: "HTTP/1.1 ")
        bytes.append(decimal: status, width: 3)
        bytes.append(.space)
        bytes.append(ascii: StatusText.reasonPhrase(status))
        bytes.append(ascii: "\r\n")
    }

    private func appendOwnFields(_ status: Int, _ bodyByteCount: Int, _ bytes: inout [UInt8]) {
        bytes.append(ascii: "date: ")
        date.append(to: &bytes)
        // RFC 9110 §8.6: never with 204; with 304 only the length a 200 would have, which is
        // unknown without content.
        if status != 204, status != 304 || bodyByteCount > 0 {
            bytes.append(ascii: "\r\ncontent-length: ")
            bytes.append(decimal: status == 205 ? 0 : bodyByteCount)
        }
        if !keepsAlive {
            bytes.append(ascii: "\r\nconnection: close")
        } else if !isVersion11 {
            bytes.append(ascii: "\r\nconnection: keep-alive")
        }
        bytes.append(ascii: "\r\n\r\n")
    }

    /// A control character in a value would split the answer; it becomes a space.
    private func append(_ field: HTTPField, _ bytes: inout [UInt8]) {
        bytes.append(contentsOf: field.name.utf8)
        bytes.append(ascii: ": ")
        if field.value.utf8.allSatisfy(\.isFieldContent) {
            bytes.append(contentsOf: field.value.utf8)
        } else {
            for byte in field.value.utf8 { bytes.append(byte.isFieldContent ? byte : .space) }
        }
        bytes.append(ascii: "\r\n")
    }

    /// RFC 9110 §15.3.5, §15.3.6, §15.4.5.
    private static func allowsContent(_ status: Int) -> Bool {
        status != 204 && status != 205 && status != 304
    }

    /// A token, and none of the fields that are the server's own.
    private static func isAllowed(_ name: String) -> Bool {
        guard !name.isEmpty, name.utf8.allSatisfy({ ByteSet.token.contains($0) }) else {
            return false
        }
        return !ownNames.contains { own in
            name.utf8.count == own.utf8CodeUnitCount
                && name.utf8.span.equalsIgnoringCase(0..<own.utf8CodeUnitCount, own)
        }
    }

    private static let ownNames: [StaticString] = [
        "date", "content-length", "connection", "transfer-encoding", "keep-alive",
    ]
}

extension HTTPResponse {
    /// Whether the responder asks for the connection to end after this answer.
    public var asksToClose: Bool {
        fields.contains { $0.name.lowercased() == "connection" && $0.value.lowercased() == "close" }
    }
}
