/// Names one request in answers and logs: 16 hexadecimal digits of whoever counts, a dash, 12 of the count.
/// Unique as long as no two generators share a seed and none counts beyond 2^48.
public struct RequestID: Sendable, Hashable {
    /// Bytes of the printed form, whatever the id: one can be written over another.
    public static let byteCount = seedDigitCount + 1 + countDigitCount
    static let seedDigitCount = 16
    static let countDigitCount = 12

    public let seed: UInt64
    public let count: UInt64

    /// Appends the printed form without allocating, where `bytes` has room.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(hexadecimal: seed, digitCount: Self.seedDigitCount)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(hexadecimal: count, digitCount: Self.countDigitCount)
    }

    /// Writes the printed form over the `byteCount` bytes from `offset` on.
    public func write(over bytes: inout [UInt8], at offset: Int) {
        precondition(
            offset >= 0 && bytes.count - offset >= Self.byteCount,
            "an id was believed to fit where another one stood"
        )
        bytes.withUnsafeMutableBytes { bytes in
            // Within the bytes, as checked above.
            let place = UnsafeMutableRawBufferPointer(
                rebasing: bytes[offset..<offset + Self.byteCount]
            )
            Self.write(seed, Self.seedDigitCount, before: Self.seedDigitCount, in: place)
            place[Self.seedDigitCount] = UInt8(ascii: "-")
            Self.write(count, Self.countDigitCount, before: Self.byteCount, in: place)
        }
    }

    private static func write(
        _ number: UInt64,
        _ digitCount: Int,
        before end: Int,
        in bytes: UnsafeMutableRawBufferPointer
    ) {
        var rest = number
        for index in (end - digitCount..<end).reversed() {
            let digit = UInt8(truncatingIfNeeded: rest & 0xF)
            bytes[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
            rest >>= 4
        }
    }
}

extension RequestID: CustomStringConvertible {
    public var description: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
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
