import Testing

@testable import HTTPWire

@Suite struct ByteSearchTests {
    private func first(_ byte: UInt8, in bytes: [UInt8], _ range: Range<Int>) -> Int {
        bytes.span.firstIndex(of: byte, in: range)
    }

    @Test("The first place is found at every offset, in every range, among every kind of byte")
    func places() {
        for length in 0..<40 {
            for place in 0..<length {
                for filler: UInt8 in [0, 9, 11, 0x7F, 0x8A, 0xFF] {
                    var bytes = [UInt8](repeating: filler, count: length)
                    #expect(first(10, in: bytes, 0..<length) == length)
                    bytes[place] = 10
                    if place + 1 < length { bytes[place + 1] = 10 }
                    #expect(first(10, in: bytes, 0..<length) == place)
                    #expect(first(10, in: bytes, 0..<place) == place)
                    #expect(first(10, in: bytes, min(place + 2, length)..<length) == length)
                }
            }
        }
    }
}
