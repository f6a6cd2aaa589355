import ImageModel

extension TextTable {
    /// The part of a text that orders.
    @inline(__always)
    func orderRange(_ index: Int) -> Range<Int> {
        let range = range(index)
        return range.lowerBound..<min(range.upperBound, range.lowerBound + ImageOrder.textBytesMax)
    }

    func orderBytes(_ index: Int) -> [UInt8] { Array(bytes[orderRange(index)]) }

    /// Its first bytes as a number that orders like the text does, as far as it reaches.
    func orderPrefix(_ index: Int) -> UInt64 {
        ByteOrder.prefixWord(bytes.span.extracting(orderRange(index)))
    }

    /// Negative when this table's text comes first in the term's direction.
    func compare(
        _ index: Int,
        _ other: TextTable,
        _ otherIndex: Int,
        _ term: ImageOrder.Term
    ) -> Int {
        TextTable.compare(
            bytes.span.extracting(orderRange(index)),
            other.bytes.span.extracting(other.orderRange(otherIndex)),
            term
        )
    }

    func compare(_ index: Int, _ other: [UInt8], _ term: ImageOrder.Term) -> Int {
        TextTable.compare(bytes.span.extracting(orderRange(index)), other.span, term)
    }

    private static func compare(
        _ left: Span<UInt8>,
        _ right: Span<UInt8>,
        _ term: ImageOrder.Term
    ) -> Int {
        let result =
            term.field == .version
            ? VersionOrder.compare(left, right) : ByteOrder.compare(left, right)
        return term.descending ? -result : result
    }
}
