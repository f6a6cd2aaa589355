/// A text that was read before, held against one that mostly is the same: what both begin with and what both end with
/// is found once, so that whatever stands there need not be compared again.
struct KnownText: ~Copyable {
    private let earlier: HeldText
    private let byteCount: Int
    /// Bytes that both begin with.
    let headCount: Int
    /// Bytes that both end with, behind those.
    let tailCount: Int

    init(_ earlier: [UInt8], of text: borrowing HeldText) {
        self.earlier = HeldText(earlier)
        byteCount = text.count
        headCount = self.earlier.beginning(with: text)
        tailCount = self.earlier.end(with: text, behind: headCount)
    }

    /// Whether the earlier text's bytes of a range stand in the text at an offset.
    func stands(_ range: Range<Int>, in text: borrowing HeldText, at offset: Int) -> Bool {
        precondition(range.upperBound <= earlier.count, "the known text ends before")
        if range.lowerBound == offset, range.upperBound <= headCount { return true }
        let rest = earlier.count - range.lowerBound
        if rest == byteCount - offset, rest <= tailCount { return true }
        return text.begins(with: earlier.bytes(range).span, at: offset)
    }
}
