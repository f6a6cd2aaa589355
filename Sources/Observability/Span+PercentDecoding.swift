extension Span<UInt8> {
    /// The byte that stands at `index` and how many bytes spell it. A percent sign that two hexadecimal digits do not
    /// follow stands for itself.
    @inline(__always)
    func percentDecoded(at index: Int) -> (byte: UInt8, byteCount: Int) {
        let byte = self[index]
        guard byte == UInt8(ascii: "%"), index + 2 < count, let high = Self.digit(self[index + 1]),
            let low = Self.digit(self[index + 2])
        else { return (byte, 1) }
        return (high << 4 | low, 3)
    }

    var percentDecodedByteCount: Int {
        var (decodedCount, index) = (0, 0)
        while index < count {
            decodedCount += 1
            index += percentDecoded(at: index).byteCount
        }
        return decodedCount
    }

    /// Whether these bytes, decoded, are those of `text`.
    func isPercentEncoded(_ text: Span<UInt8>) -> Bool {
        var index = 0
        for place in text.indices {
            guard index < count else { return false }
            let (byte, byteCount) = percentDecoded(at: index)
            guard byte == text[place] else { return false }
            index += byteCount
        }
        return index == count
    }

    /// Where `text` ends if these bytes, decoded, hold it at `start`.
    func percentDecodedEnd(of text: StaticString, at start: Int) -> Int? {
        var index = start
        for place in 0..<text.utf8CodeUnitCount {
            guard index < count else { return nil }
            let (byte, byteCount) = percentDecoded(at: index)
            guard byte == text.utf8Start[place] else { return nil }
            index += byteCount
        }
        return index
    }

    func holdsPercentDecoded(_ wanted: UInt8, from start: Int) -> Bool {
        var index = start
        while index < count {
            let (byte, byteCount) = percentDecoded(at: index)
            if byte == wanted { return true }
            index += byteCount
        }
        return false
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
    }
}
