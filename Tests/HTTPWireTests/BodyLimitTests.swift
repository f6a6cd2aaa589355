import HTTPWire
import Testing

@Suite("Limits of HTTPWire")
struct BodyLimitTests {
    private var limits: ServerLimits {
        var limits = ServerLimits()
        limits.bodyBytesMax = 10
        limits.chunkLineBytesMax = 8
        limits.trailerBytesMax = 12
        return limits
    }

    private func decode(_ text: String, _ framing: BodyFraming) throws(RequestRefusal) -> Int? {
        var decoder = try BodyDecoder(framing: framing, limits: limits)
        var body: [UInt8] = []
        let bytes = Array(text.utf8)
        _ = try decoder.decode(bytes.span, into: &body)
        return decoder.isComplete ? body.count : nil
    }

    @Test(
        "Content of limit - 1 and limit bytes is taken, of limit + 1 refused",
        arguments: [9, 10, 11]
    )
    func bodyBytes(_ count: Int) throws {
        let text = String(repeating: "a", count: count)
        let hexadecimal = String(count, radix: 16)
        let inOne = "\(hexadecimal)\r\n\(text)\r\n0\r\n\r\n"
        let inMany = text.map { "1\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
        if count <= 10 {
            #expect(try decode(text, .fixed(count)) == count)
            #expect(try decode(inOne, .chunked) == count)
            #expect(try decode(inMany, .chunked) == count)
        } else {
            #expect(throws: RequestRefusal(.bodyTooLarge)) { try decode(text, .fixed(count)) }
            #expect(throws: RequestRefusal(.bodyTooLarge)) { try decode(inOne, .chunked) }
            #expect(throws: RequestRefusal(.bodyTooLarge)) { try decode(inMany, .chunked) }
        }
    }

    @Test(
        "A chunk line of limit - 1 and limit bytes is taken, of limit + 1 refused",
        arguments: [7, 8, 9]
    )
    func chunkLine(_ count: Int) throws {
        // Zeros, then CR LF: the count includes both.
        let text = String(repeating: "0", count: count - 2) + "\r\n\r\n"
        if count <= 8 {
            #expect(try decode(text, .chunked) == 0)
        } else {
            #expect(throws: RequestRefusal(.malformedChunk)) { try decode(text, .chunked) }
        }
    }

    @Test(
        "Trailers of limit - 1 and limit bytes are taken, of limit + 1 refused",
        arguments: [11, 12, 13]
    )
    func trailers(_ count: Int) throws {
        // The count includes the field line, its CRLF and the final CRLF.
        let value = String(repeating: "v", count: count - 6)
        let text = "0\r\nX:\(value)\r\n\r\n"
        if count <= 12 {
            #expect(try decode(text, .chunked) == 0)
        } else {
            #expect(throws: RequestRefusal(.trailerTooLarge)) { try decode(text, .chunked) }
        }
    }

    @Test("What follows the content is not taken")
    func remainder() throws {
        var decoder = try BodyDecoder(framing: .fixed(2), limits: limits)
        var body: [UInt8] = []
        let bytes = Array("abGET".utf8)
        #expect(try decoder.decode(bytes.span, into: &body) == 2)
        #expect(decoder.isComplete && body == Array("ab".utf8))
        #expect(try decoder.decode(bytes.span, into: &body) == 0)
    }
}
