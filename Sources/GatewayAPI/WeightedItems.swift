internal import HTTPWire

/// Walks over a list such as `gzip;q=0.5, *` (RFC 9110 §12.4.2), where its bytes stand.
struct WeightedItems {
    struct Item {
        /// What is weighed.
        let name: Range<Int>
        /// Whether the weight is above 0. One that is none is not.
        let isWanted: Bool
    }

    private var rest: Range<Int>

    init(_ byteCount: Int) {
        rest = 0..<byteCount
    }

    /// `nil` at the end; empty items are left out.
    mutating func next(in field: borrowing Span<UInt8>) -> Item? {
        while !rest.isEmpty {
            var item = Self.cut(&rest, at: ",", in: field)
            let name = field.trimmed(Self.cut(&item, at: ";", in: field))
            guard !name.isEmpty else { continue }
            var isWanted = true
            while !item.isEmpty {
                let parameter = field.trimmed(Self.cut(&item, at: ";", in: field))
                if let weight = Self.weight(parameter, in: field) {
                    isWanted = Self.isAboveZero(weight, in: field)
                    break
                }
            }
            return Item(name: name, isWanted: isWanted)
        }
        return nil
    }

    /// Up to the mark or the end, which leaves the range.
    private static func cut(
        _ range: inout Range<Int>,
        at mark: Unicode.Scalar,
        in field: borrowing Span<UInt8>
    ) -> Range<Int> {
        let start = range.lowerBound
        var end = start
        while end < range.upperBound, field[end] != UInt8(ascii: mark) { end += 1 }
        range = min(end + 1, range.upperBound)..<range.upperBound
        return start..<end
    }

    /// What follows `q=`; `nil` for another parameter.
    private static func weight(
        _ parameter: Range<Int>,
        in field: borrowing Span<UInt8>
    ) -> Range<Int>? {
        let value = min(parameter.lowerBound + 2, parameter.upperBound)
        guard field.equalsIgnoringCase(parameter.lowerBound..<value, "q=") else { return nil }
        return value..<parameter.upperBound
    }

    private static func isAboveZero(
        _ weight: Range<Int>,
        in field: borrowing Span<UInt8>
    ) -> Bool {
        var isAbove = false
        for index in weight {
            switch field[index] {
            case UInt8(ascii: "1")...UInt8(ascii: "9"): isAbove = true
            case UInt8(ascii: "0"), UInt8(ascii: "."): break
            default: return false
            }
        }
        return isAbove
    }
}
