import ImageModel

/// A text that takes part in an order, where it is kept.
struct OrderText {
    let table: TextTable
    let index: Int

    /// The part of the text that orders.
    @inline(__always)
    private var range: Range<Int> {
        let range = table.range(index)
        return range.lowerBound..<min(range.upperBound, range.lowerBound + ImageOrder.textBytesMax)
    }

    var bytes: [UInt8] { Array(table.bytes[range]) }

    /// The first bytes as a number that orders like the text does, as far as it reaches.
    var prefixWord: UInt64 { ByteOrder.prefixWord(table.bytes.span.extracting(range)) }

    /// Negative when this text comes first in the term's direction.
    func compare(_ other: OrderText, _ term: ImageOrder.Term) -> Int {
        OrderText.compare(
            table.bytes.span.extracting(range),
            other.table.bytes.span.extracting(other.range),
            term
        )
    }

    func compare(_ other: [UInt8], _ term: ImageOrder.Term) -> Int {
        OrderText.compare(table.bytes.span.extracting(range), other.span, term)
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
