/// Stable radix sort of rows by a number per row: linear, so that a new order of a large snapshot costs
/// milliseconds.
enum RowSort {
    /// `order` sorted by `keys[row]`, ascending; rows with equal keys keep their order.
    static func sorted(_ order: [UInt32], by keys: [UInt64]) -> [UInt32] {
        let first = keys.first ?? 0
        let varying = keys.reduce(0) { $0 | ($1 ^ first) }
        if varying == 0 { return order }
        if order.count < radixRowsMin { return comparisonSorted(order, by: keys) }
        var (current, next) = (order, order)
        for shift in stride(from: 0, to: 64, by: 16) where varying >> UInt64(shift) & 0xFFFF != 0 {
            pass(current, keys, UInt64(shift), into: &next)
            swap(&current, &next)
        }
        return current
    }

    /// The same by several columns of keys, the least significant one first.
    static func sorted(_ order: [UInt32], by columns: [[UInt64]]) -> [UInt32] {
        columns.reduce(order) { sorted($0, by: $1) }
    }

    /// Below this the tables of the radix sort cost more than comparisons.
    private static let radixRowsMin = 4_096

    private static func comparisonSorted(_ order: [UInt32], by keys: [UInt64]) -> [UInt32] {
        let items = order.enumerated().map { (key: keys[Int($1)], position: $0, row: $1) }
        return items.sorted { $0.key != $1.key ? $0.key < $1.key : $0.position < $1.position }
            .map(\.row)
    }

    /// Unchecked: rows of the order are indices of `keys`, and each digit's rows were counted.
    private static func pass(
        _ order: [UInt32],
        _ keys: [UInt64],
        _ shift: UInt64,
        into target: inout [UInt32]
    ) {
        var starts = [Int](repeating: 0, count: 1 << 16 + 1)
        keys.withUnsafeBufferPointer { keys in
            starts.withUnsafeMutableBufferPointer { starts in
                for row in order { starts[Int(keys[Int(row)] >> shift & 0xFFFF) + 1] += 1 }
                for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
                target.withUnsafeMutableBufferPointer { target in
                    for row in order {
                        let digit = Int(keys[Int(row)] >> shift & 0xFFFF)
                        target[starts[digit]] = row
                        starts[digit] += 1
                    }
                }
            }
        }
    }

    /// A key that orders like the number does, with "missing" last either way.
    static func key(_ number: Int64, descending: Bool) -> UInt64 {
        if number == RowColumns.missing { return .max }
        // Stored numbers are above `missing`, so this is below the last key but one, either way round.
        let ascending = (UInt64(bitPattern: number) ^ (1 << 63)) - 1
        return descending ? .max - 1 - ascending : ascending
    }
}
