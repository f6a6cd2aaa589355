/// An IMF-fixdate (RFC 9110 §5.6.7): `Sun, 06 Nov 1994 08:49:37 GMT`, always 29 bytes.
public struct HTTPDate: Sendable, Hashable {
    public var secondsSince1970: Int64

    public static let byteCount = 29

    public init(secondsSince1970: Int64) {
        self.secondsSince1970 = secondsSince1970
    }

    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        append(to: &bytes)
        return bytes
    }

    /// Writes the text over the `byteCount` bytes from `offset` on.
    public func write(over bytes: inout [UInt8], at offset: Int) {
        var end = offset
        for byte in self.bytes {
            bytes[end] = byte
            end += 1
        }
    }

    /// Years outside 0000…9999 are held at its ends.
    public func append(to bytes: inout [UInt8]) {
        let bounded = min(max(secondsSince1970, -62_167_219_200), 253_402_300_799)
        let day = Int(bounded >= 0 ? bounded / 86_400 : (bounded - 86_399) / 86_400)
        let second = Int(bounded) - day * 86_400
        let date = Self.civil(day)
        bytes.append(ascii: Self.weekdays[((day + 4) % 7 + 7) % 7])
        bytes.append(ascii: ", ")
        bytes.append(decimal: date.day, width: 2)
        bytes.append(ascii: Self.months[date.month - 1])
        bytes.append(decimal: date.year, width: 4)
        bytes.append(.space)
        bytes.append(decimal: second / 3_600, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: second / 60 % 60, width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: second % 60, width: 2)
        bytes.append(ascii: " GMT")
    }

    private static let weekdays: [StaticString] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months: [StaticString] = [
        " Jan ", " Feb ", " Mar ", " Apr ", " May ", " Jun ",
        " Jul ", " Aug ", " Sep ", " Oct ", " Nov ", " Dec ",
    ]

    /// Proleptic Gregorian date of a day count from 1970-01-01. Years are counted from March, so
    /// that the leap day comes last, in eras of 400 years, which all have 146,097 days.
    private static func civil(_ day: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfMonth)
    }
}

extension [UInt8] {
    mutating func append(ascii text: StaticString) {
        append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
    }

    /// Decimal digits of a number that is not negative, with leading zeros up to `width`.
    mutating func append(decimal value: Int, width: Int = 1) {
        var divisor = 1
        var digitCount = 1
        while value / divisor >= 10 || digitCount < width {
            divisor *= 10
            digitCount += 1
        }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }
}
