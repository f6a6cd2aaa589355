import Synchronization

/// A number that only grows. One relaxed atomic addition, no lock.
public final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    public init() {}

    public func add(_ amount: Int = 1) {
        precondition(amount >= 0, "a counter was believed to shrink")
        count.wrappingAdd(UInt64(amount), ordering: .relaxed)
    }

    /// The same for a counter that only one thread ever adds to, such as a part of its own: takes the counter's
    /// memory from nobody.
    public func addAlone(_ amount: Int = 1) {
        precondition(amount >= 0, "a counter was believed to shrink")
        count.store(count.load(ordering: .relaxed) + UInt64(amount), ordering: .relaxed)
    }

    public var value: UInt64 { count.load(ordering: .relaxed) }
}
