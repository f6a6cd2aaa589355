import CatalogOracle
import TestKit
import Testing

@testable import Catalogs

@Suite("Sets of rows")
struct RowSetTests {
    /// Around the borders of words, and of the stretches in which words are counted.
    static let rowCounts = [0, 1, 63, 64, 65, 2_047, 2_048, 2_049, 40_000]

    private static func rows(_ percent: Int, of count: Int, _ generator: inout SplitMix) -> Set<Int>
    {
        Set((0..<count).filter { _ in generator.chance(percent) })
    }

    private static func set(_ rows: Set<Int>, _ rowCount: Int) -> RowSet {
        var set = RowSet(rowCount: rowCount)
        for row in rows { set.insert(row) }
        return set
    }

    private static func members(_ set: RowSet) -> [Int] {
        var members: [Int] = []
        set.forEach { members.append($0) }
        return members
    }

    @Test(
        "An intersection holds and counts what is in all sets and in the range",
        arguments: rowCounts
    )
    func intersects(rowCount: Int) {
        var generator = SplitMix(seed: UInt64(rowCount))
        for percent in [2, 50, 100] {
            let one = Self.rows(percent, of: rowCount, &generator)
            let other = Self.rows(90, of: rowCount, &generator)
            for range in [0..<rowCount, rowCount / 3..<rowCount - rowCount / 5] {
                let common = RowSet.intersection(
                    of: [Self.set(one, rowCount), Self.set(other, rowCount)],
                    in: range,
                    rowCount: rowCount
                )
                let expected = one.intersection(other).filter(range.contains).sorted()
                #expect(Self.members(common.rows) == expected)
                #expect(common.count == expected.count)
            }
        }
    }

    @Test("Renumbered rows are the numbers of the rows, each once", arguments: rowCounts)
    func renumbers(rowCount: Int) {
        var generator = SplitMix(seed: UInt64(rowCount))
        let rows = Self.rows(40, of: rowCount, &generator)
        let numbers = (0..<rowCount).map { _ in UInt32(generator.next() % 100) }
        let renumbered = Self.set(rows, rowCount).renumbered(numbers, count: 100)
        #expect(Self.members(renumbered) == Set(rows.map { Int(numbers[$0]) }).sorted())
    }
}
