/// A point in time: microseconds since 1970-01-01T00:00:00Z, proleptic Gregorian calendar.
public struct Timestamp: Sendable, Hashable, Comparable {
    public var microseconds: Int64

    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Seconds beyond some 292,000 years from the epoch mean the end of that range.
    public init(seconds: Int64) {
        let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
        self.microseconds = overflow ? (seconds < 0 ? .min : .max) : product
    }

    /// Whole seconds since the epoch, rounded down.
    public var seconds: Int64 {
        let (quotient, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return rest < 0 ? quotient - 1 : quotient
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Stops at the ends of the range. What is less than a microsecond is cut off.
    public func advanced(by duration: Duration) -> Timestamp {
        let attoseconds = duration.attoseconds
        // Nine seconds and less, the usual case, need no division of 128 bits.
        if let short = Int64(exactly: attoseconds) {
            let (sum, overflow) = microseconds.addingReportingOverflow(short / 1_000_000_000_000)
            if !overflow { return Timestamp(microseconds: sum) }
        }
        let sum = Int128(microseconds) + attoseconds / 1_000_000_000_000
        return Timestamp(microseconds: Int64(clamping: sum))
    }

    /// Signed time from this point to `other`.
    public func duration(to other: Timestamp) -> Duration {
        let (difference, overflow) = other.microseconds.subtractingReportingOverflow(microseconds)
        guard overflow else { return .microseconds(difference) }
        return .microseconds(other.microseconds) - .microseconds(microseconds)
    }
}

/// A calendar date and time of day in UTC.
public struct CivilTime: Sendable, Hashable {
    public var year: Int
    public var month: Int
    public var day: Int
    public var hour: Int
    public var minute: Int
    public var second: Int

    public init(_ timestamp: Timestamp) {
        let seconds = timestamp.seconds
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let rest = UInt32(truncatingIfNeeded: seconds &- days &* 86_400)
        (year, month, day) = CivilTime.date(daysSinceEpoch: Int(days))
        let minutes = rest / 60
        hour = Int(minutes / 60)
        minute = Int(minutes % 60)
        second = Int(rest % 60)
    }

    /// Days since the epoch of a proleptic Gregorian date of the years 0 to 9999, counted from 1 March of the year
    /// -400, so that no number is negative. Source: as of `date(daysSinceEpoch:)`.
    static func daysSinceEpoch(year: Int, month: Int, day: Int) -> Int {
        let isNextYear = month <= 2
        let years = UInt32(truncatingIfNeeded: year &+ 400 &- (isNextYear ? 1 : 0))
        let months = UInt32(truncatingIfNeeded: month &+ (isNextYear ? 12 : 0))
        let centuries = years / 100
        let yearDays = 1_461 &* years / 4 &- centuries &+ centuries / 4
        let monthDays = (979 &* months &- 2_919) / 32
        return Int(yearDays &+ monthDays) &+ day &- 1 &- 865_565
    }

    /// Within an era centuries, years and months follow from products that are shifted instead of divided.
    /// Source: C. Neri, L. Schneider, "Euclidean affine functions and their application to calendar algorithms",
    /// Software: Practice and Experience 53 (2023).
    static func date(daysSinceEpoch: Int) -> (year: Int, month: Int, day: Int) {
        let days = daysSinceEpoch + 719_468
        let era = (days >= 0 ? days : days - 146_096) / 146_097
        let quarters = 4 &* UInt32(truncatingIfNeeded: days &- era &* 146_097) &+ 3
        let years = UInt64(quarters % 146_097 | 3) &* 2_939_745
        let dayOfYear = UInt32(truncatingIfNeeded: years) / 2_939_745 / 4
        let months = 2_141 &* dayOfYear &+ 197_913
        // Years are counted from March.
        let isNextYear = dayOfYear >= 306
        let month = Int(months >> 16)
        let year = era * 400 + Int(quarters / 146_097) * 100 + Int(years >> 32)
        return (
            isNextYear ? year + 1 : year, isNextYear ? month - 12 : month,
            Int((months & 0xFFFF) / 2_141) + 1
        )
    }

    static func dayCount(year: Int, month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
