/// Names one request in answers and logs: 16 hexadecimal digits of whoever counts, a dash, 8 or more of the
/// count. Unique as long as no two generators share a seed.
public struct RequestID: Sendable, Hashable {
    public let seed: UInt64
    public let count: UInt64

    /// Appends the printed form without allocating, where `bytes` has room.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(hexadecimal: seed, digitCount: 16)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(hexadecimal: count, digitCount: count >> 32 == 0 ? 8 : 16)
    }
}

extension RequestID: CustomStringConvertible {
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(33)
        append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Counts the requests of one loop; each loop has its own, with a seed of its own, and shares nothing.
public struct RequestIDGenerator: Sendable {
    private let seed: UInt64
    private var count: UInt64 = 0

    /// `processSeed` is random at start; `loop` is the loop's index.
    public init(processSeed: UInt64, loop: Int) {
        // Distinct inputs give distinct seeds: the generator's step is a bijection.
        var generator = SeededGenerator(seed: processSeed &+ UInt64(loop))
        seed = generator.next()
    }

    public mutating func next() -> RequestID {
        count += 1
        return RequestID(seed: seed, count: count)
    }
}
