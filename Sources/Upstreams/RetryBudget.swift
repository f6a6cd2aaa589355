public import MonotonicTime

/// How many retries one upstream is still allowed: a share of the first calls of the last minute, or
/// `retriesMin` where that is more, so that an upstream that is seldom asked may be asked again at all.
///
/// An upstream that fails half of its calls is not asked half as often again: extra calls stay within the share.
public struct RetryBudget: Sendable, Hashable {
    /// Retries a minute that are always allowed, unless the share is 0.
    public static let retriesMin = 2
    /// One more than a minute has: of the oldest, which is partly in the last minute, retries count and calls do not,
    /// so that no minute has more retries than its own calls allow.
    private static let slotCount = 7
    private static let slotNanoseconds: Int64 = 10_000_000_000

    /// Of the first calls; may change at any time.
    public var share: Double
    private let origin: MonotonicClock.Instant
    private var slots = [Slot](repeating: Slot(), count: slotCount)
    private var newest: Int64 = 0

    private struct Slot: Hashable {
        var calls = 0
        var retries = 0
    }

    /// `share` of 0.1 allows one retry for ten calls; 0 none at all.
    public init(share: Double, now: MonotonicClock.Instant) {
        self.share = share
        self.origin = now
    }

    /// Counts a call that is no retry.
    public mutating func called(now: MonotonicClock.Instant) {
        slots[slot(now)].calls += 1
    }

    /// Takes one retry out of the budget; `false` where none is left.
    public mutating func takeRetry(now: MonotonicClock.Instant) -> Bool {
        let index = slot(now)
        let oldest = (index + 1) % Self.slotCount
        let calls = slots.reduce(0) { $0 + $1.calls } - slots[oldest].calls
        let retries = slots.reduce(0) { $0 + $1.retries }
        let earned = Int(Double(calls) * share)
        guard share > 0, retries < max(Self.retriesMin, earned) else { return false }
        slots[index].retries += 1
        return true
    }

    /// The slot of `now`, with every slot that lies before the last minute emptied.
    private mutating func slot(_ now: MonotonicClock.Instant) -> Int {
        let number = max(newest, now.nanoseconds(since: origin) / Self.slotNanoseconds)
        if number > newest {
            for passed in 1...min(number - newest, Int64(Self.slotCount)) {
                slots[Int((newest + passed) % Int64(Self.slotCount))] = Slot()
            }
            newest = number
        }
        return Int(number % Int64(Self.slotCount))
    }
}
