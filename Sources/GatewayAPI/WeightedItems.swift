internal import HTTPWire

/// Walks over a list such as `gzip;q=0.5, *` (RFC 9110 §12.4.2), where its bytes stand.
struct WeightedItems {
    struct Item {
        /// What is weighed.
        let name: Range<Int>
        /// In thousandths, up to `weightMax`, which it is where none is given. One that cannot be read is 0.
        let weight: Int
    }

    static let weightMax = 1_000

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
            var weight = Self.weightMax
            while !item.isEmpty {
                let parameter = field.trimmed(Self.cut(&item, at: ";", in: field))
                if let value = Self.weight(parameter, in: field) {
                    weight = Self.thousandths(value, in: field)
                    break
                }
            }
            return Item(name: name, weight: weight)
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

    /// `0.25` is 250; digits behind the third of the fraction do not count, and 0 is for what is no number.
    private static func thousandths(
        _ weight: Range<Int>,
        in field: borrowing Span<UInt8>
    ) -> Int {
        var (sum, place) = (0, weightMax)
        var hasPoint = false
        for index in weight {
            switch field[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int(field[index] - UInt8(ascii: "0"))
                if hasPoint { place /= 10 }
                sum = min(hasPoint ? sum : sum * 10, weightMax) + digit * place
            case UInt8(ascii: ".") where !hasPoint: hasPoint = true
            default: return 0
            }
        }
        return min(sum, weightMax)
    }
}
