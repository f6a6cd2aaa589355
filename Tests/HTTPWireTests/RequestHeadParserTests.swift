import HTTPWire
import TestKit
import Testing
import WireReading

@Suite("RequestHeadParser and BodyDecoder")
struct RequestHeadParserTests {
    @Test("A message is judged as RFC 9112 says", arguments: WireCase.all)
    func whole(_ wireCase: WireCase) {
        var reader = WireReader(byteCountMax: wireCase.bytes.count)
        reader.receive(wireCase.bytes[...])
        check(reader.requests, reader.refusal, wireCase)
    }

    @Test("A message that comes byte by byte is judged the same", arguments: WireCase.all)
    func byteByByte(_ wireCase: WireCase) {
        var reader = WireReader(byteCountMax: wireCase.bytes.count)
        for index in wireCase.bytes.indices { reader.receive(wireCase.bytes[index...index]) }
        check(reader.requests, reader.refusal, wireCase)
    }

    @Test("A message cut in two at any place is judged the same", arguments: WireCase.all)
    func everySplit(_ wireCase: WireCase) {
        guard wireCase.bytes.count < 1_000 else { return }
        for split in wireCase.bytes.indices {
            var reader = WireReader(byteCountMax: wireCase.bytes.count)
            reader.receive(wireCase.bytes[..<split])
            reader.receive(wireCase.bytes[split...])
            check(reader.requests, reader.refusal, wireCase)
        }
    }

    @Test("A truncated message is neither accepted nor refused", arguments: WireCase.all)
    func everyPrefix(_ wireCase: WireCase) {
        guard case .accepted(let expected) = wireCase.verdict, expected.count == 1 else { return }
        guard wireCase.bytes.count < 1_000, !wireCase.title.contains("ends after one") else {
            return
        }
        var completedAt: Int?
        for count in 0...wireCase.bytes.count {
            var reader = WireReader(byteCountMax: wireCase.bytes.count)
            reader.receive(wireCase.bytes[..<count])
            #expect(reader.refusal == nil, "refused after \(count) bytes")
            if let completedAt { #expect(reader.requests == expected, "after \(completedAt)") }
            if completedAt == nil, reader.requests == expected { completedAt = count }
            if completedAt == nil { #expect(reader.requests.isEmpty) }
        }
        #expect(completedAt != nil)
    }

    private func check(_ requests: [String], _ refusal: RequestRefusal?, _ wireCase: WireCase) {
        switch wireCase.verdict {
        case .accepted(let expected):
            #expect(requests == expected)
            #expect(refusal == nil)
        case .refused(let status, let accepted):
            #expect(requests == accepted)
            #expect(refusal?.status == status)
        }
    }
}
