/// Where the rows of each value stand in an order whose first term is that value's column. A walk for rows
/// of a late value leaps over the blocks of those before it.
struct ValueBlocks: Sendable {
    /// With more values than this a look at each of them costs more than it saves.
    static let countMax = 256

    private let column: ValueColumn
    private let blocks: [Block]

    private struct Block {
        /// Of values that are equal in the order.
        var tokens: [Int]
        var end: Int
    }

    /// `keys` has by token what its rows are sorted by; `nil` where there are too many values.
    init?(_ column: ValueColumn, keys: [UInt64]) {
        let tokens = keys.indices.filter { column.rowCount($0) > 0 }
        guard tokens.count <= ValueBlocks.countMax else { return nil }
        var (blocks, last, end): ([Block], UInt64?, Int) = ([], nil, 0)
        for token in tokens.sorted(by: { (keys[$0], $0) < (keys[$1], $1) }) {
            end += column.rowCount(token)
            if last == keys[token] {
                blocks[blocks.count - 1].tokens.append(token)
                blocks[blocks.count - 1].end = end
            } else {
                blocks.append(Block(tokens: [token], end: end))
            }
            last = keys[token]
        }
        self.column = column
        self.blocks = blocks
    }

    /// The positions from `start` on to the end of the first block that has a match; `nil` when none has.
    func next(from start: Int, _ matches: RowMatches) -> Range<Int>? {
        var begin = 0
        for block in blocks {
            if start < block.end, column.contains(block.tokens, in: matches) {
                return max(start, begin)..<block.end
            }
            begin = block.end
        }
        return nil
    }
}
