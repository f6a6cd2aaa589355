internal import Synchronization

/// Counts publications; an answer made under one number is good while the number stands.
public final class Publications: Sendable {
    private let counter = Atomic<UInt64>(1)

    public init() {}

    public var generation: UInt64 { counter.load(ordering: .acquiring) }

    public func publish() {
        counter.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }
}
