/// Names one request in answers and logs: 16 hexadecimal digits of whoever counts, a dash, 12 of the count.
/// Unique as long as no two generators share a seed and none counts beyond 2^48.
public struct RequestID: Sendable, Hashable {
    /// Bytes of the printed form, whatever the id: one can be written over another.
    public static let byteCount = 29

    public let count: UInt64
    /// The printed form of the seed as it stands in memory, found once for all who count under it.
    private let seedDigits: SeedDigits

    fileprivate struct SeedDigits: Sendable, Hashable {
        let first: UInt64
        let second: UInt64

        init(_ seed: UInt64) {
            first = hexadecimal(seed >> 32)
            second = hexadecimal(seed)
        }
    }

    public init(seed: UInt64, count: UInt64) {
        self.init(SeedDigits(seed), count)
    }

    fileprivate init(_ seedDigits: SeedDigits, _ count: UInt64) {
        self.seedDigits = seedDigits
        self.count = count
    }

    /// Of the request that this task works for, where it waits for something.
    @TaskLocal public static var current: RequestID?

    /// Appends the printed form without allocating, where `bytes` has room.
    public func append(to bytes: inout [UInt8]) {
        bytes.append(addingCapacity: Self.byteCount) { bytes in
            bytes.withTextCursor { $0.append(self) }
        }
    }

    /// Writes the printed form over the `byteCount` bytes from `offset` on.
    public func write(over bytes: inout [UInt8], at offset: Int) {
        precondition(
            offset >= 0 && bytes.count - offset >= Self.byteCount,
            "an id was believed to fit where another one stood"
        )
        bytes.withUnsafeMutableBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            // Within the bytes, as checked above.
            write(to: start + offset)
        }
    }

    /// `place` has room for `byteCount` bytes. What is not shown of the count's first eight digits is written first and
    /// then written over.
    func write(to place: UnsafeMutableRawPointer) {
        place.storeBytes(of: hexadecimal(count >> 32 & 0xFFFF), toByteOffset: 13, as: UInt64.self)
        place.storeBytes(of: seedDigits.first, as: UInt64.self)
        place.storeBytes(of: seedDigits.second, toByteOffset: 8, as: UInt64.self)
        place.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 16, as: UInt8.self)
        place.storeBytes(of: hexadecimal(count), toByteOffset: 21, as: UInt64.self)
    }
}

/// The eight digits of the low 32 bits, as they stand in memory: all of them at once, one in each byte.
@inline(__always)
private func hexadecimal(_ number: UInt64) -> UInt64 {
    var digits = number >> 16 & 0xFFFF | (number & 0xFFFF) << 32
    digits = digits >> 8 & 0x0000_00FF_0000_00FF | (digits & 0x0000_00FF_0000_00FF) << 16
    digits = digits >> 4 & 0x000F_000F_000F_000F | (digits & 0x000F_000F_000F_000F) << 8
    let letters = (digits &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return (digits &+ 0x3030_3030_3030_3030 &+ letters &* 0x27).littleEndian
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
    public let seed: UInt64
    private let seedDigits: RequestID.SeedDigits
    private var count: UInt64 = 0

    /// `processSeed` is random at start; `loop` is the loop's index.
    public init(processSeed: UInt64, loop: Int) {
        // Distinct inputs give distinct seeds: the generator's step is a bijection.
        var generator = SeededGenerator(seed: processSeed &+ UInt64(loop))
        seed = generator.next()
        seedDigits = RequestID.SeedDigits(seed)
    }

    public mutating func next() -> RequestID {
        count += 1
        return RequestID(seedDigits, count)
    }
}
