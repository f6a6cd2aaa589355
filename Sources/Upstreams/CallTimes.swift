internal import Observability

/// How long the last calls of one upstream took, and with that how long a call is unusually long.
public struct CallTimes: Sendable, Hashable {
    /// Calls that must have been seen before anything is unusual.
    public static let leastCount = 16
    /// A call that is shorter than this is never made twice.
    public static let least = Duration.milliseconds(10)
    private static let keptCount = 64

    private var microseconds: [UInt32] = []
    private var next = 0
    private var median: UInt32?

    public init() {}

    public mutating func note(_ time: Duration) {
        let value = UInt32(clamping: time.wholeNanoseconds / 1_000)
        if microseconds.count < Self.keptCount {
            microseconds.append(value)
        } else {
            microseconds[next] = value
        }
        next = (next + 1) % Self.keptCount
        // Sorting some sixty numbers for each call would be more than the answer is worth.
        if next.isMultiple(of: Self.leastCount) {
            median = microseconds.sorted()[microseconds.count / 2]
        }
    }

    /// Three times the median; `nil` before enough calls were seen.
    public var unusual: Duration? {
        median.map { max(.microseconds(Int64($0) * 3), Self.least) }
    }
}
