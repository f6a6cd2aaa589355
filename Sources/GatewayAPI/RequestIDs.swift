internal import Synchronization

/// Ids for answers and logs: unique in a process by a counter, between processes by a random prefix.
/// Always 24 lower-case hexadecimal digits, so that one can be written over another.
public final class RequestIDs: Sendable {
    private let prefix: String
    private let counter = Atomic<UInt64>(0)

    /// `seed` differs from one start of the process to the next.
    public init(seed: UInt64) {
        prefix = Self.hex(seed, digitCount: 12)
    }

    public func next() -> String {
        prefix + Self.hex(counter.wrappingAdd(1, ordering: .relaxed).newValue, digitCount: 12)
    }

    private static func hex(_ number: UInt64, digitCount: Int) -> String {
        let digits = String(number & (1 << (4 * UInt64(digitCount)) - 1), radix: 16)
        return String(repeating: "0", count: digitCount - digits.utf8.count) + digits
    }
}
