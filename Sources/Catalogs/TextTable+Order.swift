import ImageModel

extension TextTable {
    /// The part of a text that orders.
    @inline(__always)
    func orderRange(_ index: Int) -> Range<Int> {
        let range = range(index)
        return range.lowerBound..<min(range.upperBound, range.lowerBound + ImageOrder.textBytesMax)
    }

    func orderBytes(_ index: Int) -> [UInt8] { Array(bytes[orderRange(index)]) }

    /// Negative when this table's text comes first in the term's direction. Inlined, since a table that is
    /// passed on is counted, which costs more than the comparison.
    @inline(__always)
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

    @inline(__always)
    func compare(_ index: Int, _ other: [UInt8], _ term: ImageOrder.Term) -> Int {
        TextTable.compare(bytes.span.extracting(orderRange(index)), other.span, term)
    }

    @inline(__always)
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
