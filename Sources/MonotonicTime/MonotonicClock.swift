internal import Glibc

/// The machine's clock that never goes back: for deadlines, ages and latencies.
///
/// Like the standard library's `ContinuousClock` it goes on while the machine sleeps. That one's instants are
/// opaque to the compiler, so that to copy, compare or keep one that may be missing costs calls into the runtime,
/// a tenth of a hot answer together; these are eight bytes.
public enum MonotonicClock {
    /// Reads the clock: `CLOCK_BOOTTIME` of clock_gettime(2), which enters no kernel.
    public static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// A moment in nanoseconds since the machine was started.
    @frozen
    public struct Instant: Comparable, Hashable, Sendable {
        public var nanoseconds: Int64

        @inlinable
        public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

        @inlinable
        public static var now: Instant { MonotonicClock.now }

        @inlinable
        public static func < (left: Instant, right: Instant) -> Bool {
            left.nanoseconds < right.nanoseconds
        }

        /// What would be centuries away is as far away as can be told.
        @inlinable
        public func advanced(by duration: Duration) -> Instant {
            let (sum, isTooFar) = nanoseconds.addingReportingOverflow(
                Self.nanoseconds(of: duration)
            )
            guard !isTooFar else { return Instant(nanoseconds: duration < .zero ? .min : .max) }
            return Instant(nanoseconds: sum)
        }

        @inlinable
        public static func + (instant: Instant, duration: Duration) -> Instant {
            instant.advanced(by: duration)
        }

        @inlinable
        public static func - (instant: Instant, duration: Duration) -> Instant {
            instant.advanced(by: .zero - duration)
        }

        @inlinable
        public static func - (later: Instant, earlier: Instant) -> Duration {
            earlier.duration(to: later)
        }

        @inlinable
        public static func += (instant: inout Instant, duration: Duration) {
            instant = instant + duration
        }

        /// What would be centuries is as much as can be told.
        @inlinable
        public func nanoseconds(since earlier: Instant) -> Int64 {
            let (difference, isTooFar) = nanoseconds.subtractingReportingOverflow(
                earlier.nanoseconds
            )
            return isTooFar ? (self < earlier ? .min : .max) : difference
        }

        /// As `nanoseconds(since:)`.
        @inlinable
        public func duration(to other: Instant) -> Duration {
            .nanoseconds(other.nanoseconds(since: self))
        }

        @inlinable
        static func nanoseconds(of duration: Duration) -> Int64 {
            let attoseconds = duration.attoseconds
            // 10⁹ is 2⁹ · 1,953,125: an hour and less needs no division of 128 bits.
            if attoseconds >= 0, let short = Int64(exactly: attoseconds >> 9) {
                return short / 1_953_125
            }
            return Int64(clamping: attoseconds / 1_000_000_000)
        }
    }
}
