/// Dates as the providers write them, from microseconds since 1970.
enum CalendarText {
    struct Parts {
        var year, month, day, hour, minute, second, microsecond: Int
    }

    /// `YYYY-MM-DDThh:mm:ssZ`.
    static func utc(_ microseconds: Int64) -> String {
        moment(microseconds, offsetMinutes: nil, fraction: "")
    }

    /// To the microsecond without trailing zeros: the form of the normalized vocabulary.
    static func exact(_ microseconds: Int64) -> String {
        var fraction = digits(parts(microseconds).microsecond, 6)
        while fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        return moment(microseconds, offsetMinutes: nil, fraction: text(fraction))
    }

    /// With a fraction of six digits and as many more as are given.
    static func fractional(
        _ microseconds: Int64,
        offsetMinutes: Int?,
        finer: String = ""
    ) -> String {
        let fraction = text(digits(parts(microseconds).microsecond, 6)) + finer
        return moment(microseconds, offsetMinutes: offsetMinutes, fraction: fraction)
    }

    /// `+00:00` or another offset instead of `Z`.
    static func zoned(_ microseconds: Int64, offsetMinutes: Int) -> String {
        moment(microseconds, offsetMinutes: offsetMinutes, fraction: "")
    }

    /// `YYYYMMDD`.
    static func compactDay(_ microseconds: Int64) -> String {
        let parts = parts(microseconds)
        return text(digits(parts.year, 4) + digits(parts.month, 2) + digits(parts.day, 2))
    }

    static func day(_ microseconds: Int64) -> String {
        let parts = parts(microseconds)
        let dash = [UInt8(ascii: "-")]
        return text(
            digits(parts.year, 4) + dash + digits(parts.month, 2) + dash + digits(parts.day, 2)
        )
    }

    /// Proleptic Gregorian, from the days since 0000-03-01.
    static func parts(_ microseconds: Int64) -> Parts {
        let (days, rest) = floorDivide(Int(microseconds), 86_400_000_000)
        let shifted = days + 719_468
        let (era, dayOfEra) = floorDivide(shifted, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let seconds = rest / 1_000_000
        return Parts(
            year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1,
            hour: seconds / 3600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            microsecond: rest % 1_000_000
        )
    }

    /// Microseconds since 1970 of `YYYY-MM-DDThh:mm:ssZ`, of the same with a blank for `T`, and of the
    /// compact `YYYYMMDDThhmmssZ`; `nil` for anything else.
    static func microseconds(_ value: String) -> Int64? {
        let bytes = Array(value.utf8)
        let fields = bytes.filter { (48...57).contains($0) }.map { Int($0 - 48) }
        let shape = text(bytes.map { (48...57).contains($0) ? UInt8(ascii: "0") : $0 })
        guard
            ["0000-00-00T00:00:00Z", "0000-00-00 00:00:00", "00000000T000000Z"].contains(shape),
            fields.count == 14
        else { return nil }
        let number = { (range: Range<Int>) in fields[range].reduce(0) { $0 * 10 + $1 } }
        let (month, day) = (number(4..<6), number(6..<8))
        let (hour, minute, second) = (number(8..<10), number(10..<12), number(12..<14))
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 61
        else { return nil }
        let days = daysSince1970(year: number(0..<4), month: month, day: day)
        return Int64(((days * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000
    }

    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int {
        let shiftedYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = floorDivide(shiftedYear, 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
            - 719_468
    }

    private static func moment(
        _ microseconds: Int64,
        offsetMinutes: Int?,
        fraction: String
    ) -> String {
        let parts = parts(microseconds + Int64(offsetMinutes ?? 0) * 60_000_000)
        // Date, time, point, fraction and the longest zone.
        return String(unsafeUninitializedCapacity: 26 + fraction.utf8.count) { buffer in
            var text = DigitBuffer(bytes: buffer)
            text.append(parts.year, 4)
            text.append("-", parts.month)
            text.append("-", parts.day)
            text.append("T", parts.hour)
            text.append(":", parts.minute)
            text.append(":", parts.second)
            if !fraction.isEmpty { text.append(".") }
            fraction.utf8.forEach { text.append(byte: $0) }
            text.append(zone: offsetMinutes)
            return text.count
        }
    }

    private static func digits(_ value: Int, _ count: Int) -> [UInt8] {
        var divisor = 1
        for _ in 1..<count { divisor *= 10 }
        return sequence(first: divisor) { $0 > 1 ? $0 / 10 : nil }.map {
            UInt8(48 + value / $0 % 10)
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> (Int, Int) {
        let remainder = (value % divisor + divisor) % divisor
        return ((value - remainder) / divisor, remainder)
    }
}
