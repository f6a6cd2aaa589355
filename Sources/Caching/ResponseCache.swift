public import MonotonicTime

/// Finished answers by the bytes that ask for them, least recently used out first, bounded by bytes.
///
/// Only what is asked for a second time is worth a place: a stream of questions that are asked once passes by
/// and pushes nothing out. Owned by one loop, so it has no lock. An entry counts while its `generation` is the current one and its
/// time has not come; what no longer counts is dropped when it is met.
public struct ResponseCache<Answer> {
    /// Upper bound on the memory of all keys and answers together, in bytes.
    public let bytesMax: Int
    public private(set) var byteCount = 0
    /// Places in `nodes` by the hash of the key; of keys that meet there only the latest is kept.
    private var entries: [UInt64: Int] = [:]
    private let keyHash = KeyHash()
    /// Hashes of keys that were asked for lately and not stored, each in the place that its low bits name.
    private var visitors = [UInt64](repeating: 0, count: visitorCount)
    private var nodes: [Node?] = []
    /// What an entry takes besides key and answer: its node, its places in the tables, what is before the key.
    private static var nodeByteCount: Int { 192 }
    /// A power of two.
    private static var visitorCount: Int { 8_192 }
    private var freeNodes: [Int] = []
    /// Counts what was ever stored, so that no two entries are taken for one another.
    private var lastSerial: UInt64 = 0
    /// Most and least recently used; -1 when empty.
    private var newest = -1
    private var oldest = -1

    /// Where a stored answer is, for who has found it before. It may be gone by now; then nothing is there.
    public struct Place: Sendable {
        fileprivate let index: Int
        fileprivate let serial: UInt64
    }

    /// A class, so that a look at one entry copies none.
    private final class Node {
        let serial: UInt64
        let key: [UInt8]
        let hash: UInt64
        // Invariant: looked at by the cache alone, which has one owner and hands out one answer at a time.
        @exclusivity(unchecked) var answer: Answer
        let byteCount: Int
        let generation: UInt64
        let expires: MonotonicClock.Instant
        var newer = -1
        var older = -1

        init(
            serial: UInt64,
            key: [UInt8],
            hash: UInt64,
            answer: Answer,
            byteCount: Int,
            generation: UInt64,
            expires: MonotonicClock.Instant
        ) {
            self.serial = serial
            self.key = key
            self.hash = hash
            self.answer = answer
            self.byteCount = byteCount
            self.generation = generation
            self.expires = expires
        }
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
        now: MonotonicClock.Instant,
        _ body: (inout Answer) -> Bool
    ) -> Bool {
        guard let place = place(of: key) else { return false }
        return withAnswer(at: place, generation: generation, now: now, body)
    }

    /// The same for an answer whose place is known.
    public mutating func withAnswer(
        at place: Place,
        generation: UInt64,
        now: MonotonicClock.Instant,
        _ body: (inout Answer) -> Bool
    ) -> Bool {
        // The cache keeps the node as long as it is looked at, so that no reference is counted: `body` has no way to
        // the cache, and what is removed is not looked at any more.
        guard let node = nodes[place.index].map(Unmanaged.passUnretained) else { return false }
        let state = node._withUnsafeGuaranteedRef { node in
            guard node.serial == place.serial else { return State.gone }
            let isGood = node.generation == generation && now < node.expires && body(&node.answer)
            return isGood ? .good : .bad(hash: node.hash)
        }
        switch state {
        case .gone: return false
        case .good:
            if newest != place.index {
                unlink(place.index)
                linkAsNewest(place.index)
            }
            return true
        case .bad(let hash):
            remove(place.index)
            // It was worth its place; the answer that takes over is, too.
            visitors[self.place(hash)] = hash
            return false
        }
    }

    private enum State {
        case gone
        case good
        case bad(hash: UInt64)
    }

    /// Where the answer to this question is stored; `nil` where none is.
    public func place(of key: [UInt8]) -> Place? {
        guard let index = entries[keyHash.of(key.span)], let node = nodes[index], node.key == key
        else { return nil }
        return Place(index: index, serial: node.serial)
    }

    /// Whether an answer to this question is worth storing: somebody has asked for it before.
    public mutating func isWorthStoring(_ key: [UInt8]) -> Bool {
        let hash = keyHash.of(key.span)
        if entries[hash] != nil { return true }
        let place = place(hash)
        defer { visitors[place] = hash }
        return visitors[place] == hash
    }

    private func place(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: hash & UInt64(Self.visitorCount - 1))
    }

    /// Stores an answer that takes `byteCount` bytes of memory; one larger than an eighth of the cache is not worth its place.
    public mutating func store(
        _ answer: Answer,
        byteCount answerByteCount: Int,
        for key: [UInt8],
        generation: UInt64,
        expires: MonotonicClock.Instant
    ) {
        let hash = keyHash.of(key.span)
        if let old = entries[hash] { remove(old) }
        let cost = answerByteCount + key.count + Self.nodeByteCount
        guard cost <= bytesMax / 8 else { return }
        while byteCount + cost > bytesMax, oldest >= 0 { remove(oldest) }
        lastSerial += 1
        let node = Node(
            serial: lastSerial,
            // A copy of just its bytes: the caller's array may have room for the longest question there ever was.
            key: key.withUnsafeBufferPointer { Array($0) },
            hash: hash,
            answer: answer,
            byteCount: cost,
            generation: generation,
            expires: expires
        )
        let index = freeNodes.popLast() ?? nodes.count
        if index == nodes.count { nodes.append(node) } else { nodes[index] = node }
        entries[hash] = index
        byteCount += cost
        linkAsNewest(index)
    }

    private mutating func remove(_ index: Int) {
        unlink(index)
        guard let node = nodes[index].take() else { return }
        entries[node.hash] = nil
        byteCount -= node.byteCount
        freeNodes.append(index)
    }

    private mutating func unlink(_ index: Int) {
        guard let node = nodes[index] else { return }
        if node.newer >= 0 { nodes[node.newer]?.older = node.older } else { newest = node.older }
        if node.older >= 0 { nodes[node.older]?.newer = node.newer } else { oldest = node.newer }
    }

    private mutating func linkAsNewest(_ index: Int) {
        nodes[index]?.newer = -1
        nodes[index]?.older = newest
        if newest >= 0 { nodes[newest]?.newer = index } else { oldest = index }
        newest = index
    }
}
