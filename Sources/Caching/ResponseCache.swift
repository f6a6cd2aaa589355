/// Finished answers by the bytes that ask for them, least recently used out first, bounded by bytes.
///
/// Owned by one loop, so it has no lock. An entry counts while its `generation` is the current one and its
/// time has not come; what no longer counts is dropped when it is met.
public struct ResponseCache<Answer> {
    /// Upper bound on the bytes of all keys and answers together.
    public let bytesMax: Int
    public private(set) var byteCount = 0
    private var entries: [[UInt8]: Int] = [:]
    private var nodes: [Node] = []
    private var freeNodes: [Int] = []
    /// Most and least recently used; -1 when empty.
    private var newest = -1
    private var oldest = -1

    private struct Node {
        var key: [UInt8]
        var answer: Answer?
        var byteCount: Int
        var generation: UInt64
        var expires: ContinuousClock.Instant
        var newer: Int
        var older: Int
    }

    public init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    public var count: Int { entries.count }

    /// Runs `body` on the stored answer where it lies, if it still counts at `now` under `generation`; `body`
    /// says whether the answer is worth keeping. `false` where there is none or it is not.
    public mutating func withAnswer(
        for key: [UInt8],
        generation: UInt64,
        now: ContinuousClock.Instant,
        _ body: (inout Answer) -> Bool
    ) -> Bool {
        guard let index = entries[key] else { return false }
        // Taken out and put back, so that it is the only reference and nothing is copied.
        guard nodes[index].generation == generation, now < nodes[index].expires,
            var answer = nodes[index].answer.take(), body(&answer)
        else {
            remove(index)
            return false
        }
        nodes[index].answer = answer
        if newest != index {
            unlink(index)
            linkAsNewest(index)
        }
        return true
    }

    /// Stores an answer of `byteCount` bytes; one larger than an eighth of the cache is not worth its place.
    public mutating func store(
        _ answer: Answer,
        byteCount answerByteCount: Int,
        for key: [UInt8],
        generation: UInt64,
        expires: ContinuousClock.Instant
    ) {
        if let old = entries[key] { remove(old) }
        let cost = answerByteCount + key.count + MemoryLayout<Node>.stride
        guard cost <= bytesMax / 8 else { return }
        while byteCount + cost > bytesMax, oldest >= 0 { remove(oldest) }
        let node = Node(
            key: key,
            answer: answer,
            byteCount: cost,
            generation: generation,
            expires: expires,
            newer: -1,
            older: -1
        )
        let index = freeNodes.popLast() ?? nodes.count
        if index == nodes.count { nodes.append(node) } else { nodes[index] = node }
        entries[key] = index
        byteCount += cost
        linkAsNewest(index)
    }

    public mutating func removeAll() {
        self = ResponseCache(bytesMax: bytesMax)
    }

    private mutating func remove(_ index: Int) {
        unlink(index)
        entries[nodes[index].key] = nil
        byteCount -= nodes[index].byteCount
        nodes[index].answer = nil
        nodes[index].key = []
        freeNodes.append(index)
    }

    private mutating func unlink(_ index: Int) {
        let (newer, older) = (nodes[index].newer, nodes[index].older)
        if newer >= 0 { nodes[newer].older = older } else { newest = older }
        if older >= 0 { nodes[older].newer = newer } else { oldest = newer }
    }

    private mutating func linkAsNewest(_ index: Int) {
        nodes[index].newer = -1
        nodes[index].older = newest
        if newest >= 0 { nodes[newest].newer = index } else { oldest = index }
        newest = index
    }
}
