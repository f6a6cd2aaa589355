import Synchronization

/// Counts of observations by size. An observation is a short search and two relaxed atomic additions.
public final class Histogram: @unchecked Sendable {
    // Invariant: `cells` is allocated in `init`, freed in `deinit`, and its atomics are all that changes.
    private let cells: UnsafeMutablePointer<Atomic<UInt64>>
    private let sum = Atomic<Int64>(0)
    /// Inclusive upper bounds in the unit's parts, ascending; one more cell stands for what is above.
    private let bounds: [Int64]
    private let unit: Unit

    /// What observations are counted in and how they are shown.
    public enum Unit: Int64, Sendable, Hashable {
        /// Plain numbers, such as bytes.
        case one = 1
        /// Kept in nanoseconds, shown in seconds.
        case seconds = 1_000_000_000
    }

    /// From a millisecond to ten seconds, in steps of about 2.
    public static let latencyBounds: [Duration] = [
        .milliseconds(1), .microseconds(2_500), .milliseconds(5), .milliseconds(10),
        .milliseconds(25), .milliseconds(50), .milliseconds(100), .milliseconds(250),
        .milliseconds(500), .seconds(1), .milliseconds(2_500), .seconds(5), .seconds(10),
    ]

    public convenience init(bounds: [Duration] = Histogram.latencyBounds) {
        self.init(parts: bounds.map(\.wholeNanoseconds), unit: .seconds)
    }

    public convenience init(bounds: [Int]) {
        self.init(parts: bounds.map(Int64.init), unit: .one)
    }

    init(parts: [Int64], unit: Unit) {
        let ascending = zip(parts, parts.dropFirst()).allSatisfy { $0 < $1 }
        precondition(ascending, "a histogram's bounds were believed to ascend")
        bounds = parts
        self.unit = unit
        cells = .allocate(capacity: parts.count + 1)
        for index in 0...parts.count { (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        cells.deinitialize(count: bounds.count + 1)
        cells.deallocate()
    }

    public func observe(_ duration: Duration) {
        observe(part: duration.wholeNanoseconds)
    }

    public func observe(_ value: Int) {
        observe(part: Int64(value))
    }

    private func observe(part: Int64) {
        let index = bounds.firstIndex { part <= $0 } ?? bounds.count
        cells[index].wrappingAdd(1, ordering: .relaxed)
        sum.wrappingAdd(part, ordering: .relaxed)
    }

    /// The same for a histogram that only one thread ever observes with, such as a part of its own: takes the
    /// histogram's memory from nobody.
    public func observeAlone(_ duration: Duration) {
        let part = duration.wholeNanoseconds
        let index = bounds.firstIndex { part <= $0 } ?? bounds.count
        cells[index].store(cells[index].load(ordering: .relaxed) + 1, ordering: .relaxed)
        sum.store(sum.load(ordering: .relaxed) &+ part, ordering: .relaxed)
    }

    /// What was observed so far. The counts are of one moment as far as relaxed reads allow.
    public var snapshot: Snapshot {
        let scale = Double(unit.rawValue)
        var cumulative: UInt64 = 0
        let buckets = bounds.indices.map { index in
            cumulative += cells[index].load(ordering: .relaxed)
            return Snapshot.Bucket(bound: Double(bounds[index]) / scale, count: cumulative)
        }
        return Snapshot(
            buckets: buckets,
            count: cumulative + cells[bounds.count].load(ordering: .relaxed),
            sum: Double(sum.load(ordering: .relaxed)) / scale,
        )
    }

    public struct Snapshot: Sendable, Hashable {
        /// Ascending; each counts what is not above its bound. The one without a bound is `count`.
        public var buckets: [Bucket]
        public var count: UInt64
        public var sum: Double

        /// Adds what another histogram with the same bounds has observed.
        mutating func add(_ other: Snapshot) {
            for index in buckets.indices { buckets[index].count += other.buckets[index].count }
            count += other.count
            sum += other.sum
        }

        public struct Bucket: Sendable, Hashable {
            public var bound: Double
            public var count: UInt64
        }
    }
}
