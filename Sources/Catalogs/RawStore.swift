/// The providers' own objects, in the order of their arrival. They are rarely asked for, so they are kept
/// compressed, many to a block.
struct RawStore: Sendable {
    /// Bytes after which a block is closed: what one object costs to read.
    static let blockBytes = 32_768

    private var closed: [[UInt8]] = []
    /// The index of the first object of each closed block.
    private var firstObjects: [UInt32] = []
    private var open: [UInt8] = []
    private var openFirst = 0
    /// By object: where it begins in its block.
    private var starts: [UInt32] = []

    var count: Int { starts.count }

    mutating func append(_ raw: [UInt8]) {
        starts.append(UInt32(open.count))
        open += raw
        if open.count >= RawStore.blockBytes { close() }
    }

    /// The same objects with every block compressed.
    func finished() -> RawStore {
        var result = self
        if !open.isEmpty { result.close() }
        result.open = []
        return result
    }

    /// Expands one block.
    subscript(index: Int) -> [UInt8] {
        let start = Int(starts[index])
        if index >= openFirst { return object(index, from: start, in: open, end: count) }
        let number = block(of: index)
        let end = number + 1 < firstObjects.count ? Int(firstObjects[number + 1]) : openFirst
        return object(index, from: start, in: BlockCodec.expanded(closed[number]), end: end)
    }

    /// Calls `body` with each object of the range, in order; every block is expanded once.
    func forEach(in range: Range<Int>, _ body: (Int, [UInt8]) -> Void) {
        var index = range.lowerBound
        while index < range.upperBound {
            let isOpen = index >= openFirst
            let number = isOpen ? 0 : block(of: index)
            let isLast = number + 1 >= firstObjects.count
            let end = isOpen ? count : isLast ? openFirst : Int(firstObjects[number + 1])
            let block = isOpen ? open : BlockCodec.expanded(closed[number])
            while index < min(end, range.upperBound) {
                body(index, object(index, from: Int(starts[index]), in: block, end: end))
                index += 1
            }
        }
    }

    private func object(_ index: Int, from start: Int, in block: [UInt8], end: Int) -> [UInt8] {
        Array(block[start..<(index + 1 < end ? Int(starts[index + 1]) : block.count)])
    }

    private func block(of index: Int) -> Int {
        var (low, high) = (0, firstObjects.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if Int(firstObjects[middle]) <= index { low = middle } else { high = middle }
        }
        return low
    }

    private mutating func close() {
        firstObjects.append(UInt32(openFirst))
        closed.append(BlockCodec.compressed(open))
        open.removeAll(keepingCapacity: true)
        openFirst = starts.count
    }
}
