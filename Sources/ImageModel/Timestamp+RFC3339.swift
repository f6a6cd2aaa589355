/// Source: RFC 3339 §5.6, plus a blank instead of `T`, which §5.6 permits.
extension Timestamp {
    /// Reads `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)`. Digits beyond microseconds are cut off.
    /// `nil` for anything else: impossible dates, a missing zone, trailing text, a zone that leads out of
    /// the years 0 to 9999. A leap second reads as the following second.
    public init?(rfc3339 text: some StringProtocol) {
        let text = String(text)
        self.init(rfc3339: text.utf8.span)
    }

    /// The same of the text's bytes.
    public init?(rfc3339 text: borrowing Span<UInt8>) {
        // All but fraction and zone stands at fixed places.
        guard text.count >= 20 else { return nil }
        var fixed = FixedDigits()
        let year = fixed.two(text, 0) * 100 + fixed.two(text, 2)
        let (month, day) = (fixed.two(text, 5), fixed.two(text, 8))
        let (hour, minute, second) = (fixed.two(text, 11), fixed.two(text, 14), fixed.two(text, 17))
        let hasMarks =
            text[4] == UInt8(ascii: "-") && text[7] == UInt8(ascii: "-")
            && (text[10] | 0x20 == UInt8(ascii: "t") || text[10] == UInt8(ascii: " "))
            && text[13] == UInt8(ascii: ":") && text[16] == UInt8(ascii: ":")
        var reader = DigitReader(offset: 19)
        guard hasMarks, fixed.areDigits, let fraction = reader.fraction(text),
            let offset = reader.zone(text), reader.offset == text.count,
            (1...12).contains(month), day >= 1, day <= CivilTime.dayCount(year: year, month: month),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
        let microseconds = Int64(seconds) * 1_000_000 + Int64(fraction)
        guard Timestamp.writable.contains(microseconds) else { return nil }
        self.init(microseconds: microseconds)
    }

    /// Microseconds of the years 0 to 9999, for which alone the format has digits.
    private static let writable = Int64(-62_167_219_200_000_000)...Int64(253_402_300_799_999_999)

    /// `2018-09-06T14:03:27Z`; a fraction only where there is one, without trailing zeros. Before the year
    /// 0 and after the year 9999 it is the first or last instant of that range.
    public var rfc3339: String {
        let (first, last) = (Timestamp.writable.lowerBound, Timestamp.writable.upperBound)
        let nearest = Timestamp(microseconds: min(max(microseconds, first), last))
        let time = CivilTime(nearest)
        let fraction = nearest.microseconds - nearest.seconds * 1_000_000
        var text = "\(pad(time.year, 4))-\(pad(time.month, 2))-\(pad(time.day, 2))"
        text += "T\(pad(time.hour, 2)):\(pad(time.minute, 2)):\(pad(time.second, 2))"
        if fraction != 0 {
            var digits = pad(Int(fraction), 6)
            while digits.last == "0" { digits.removeLast() }
            text += ".\(digits)"
        }
        return text + "Z"
    }

    private func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}

/// Reads digits at fixed places and remembers whether all were digits.
private struct FixedDigits {
    private var largest: UInt8 = 0

    var areDigits: Bool { largest <= 9 }

    @inline(__always)
    mutating func two(_ bytes: borrowing Span<UInt8>, _ offset: Int) -> Int {
        let (tens, units) = (bytes[offset] &- 48, bytes[offset + 1] &- 48)
        largest = max(largest, tens, units)
        return Int(tens) * 10 + Int(units)
    }
}

/// Walks over ASCII digits and marks.
private struct DigitReader {
    private(set) var offset: Int

    init(offset: Int) {
        self.offset = offset
    }

    @inline(__always)
    mutating func number(_ bytes: borrowing Span<UInt8>, digitCount: Int) -> Int? {
        guard offset + digitCount <= bytes.count else { return nil }
        var value = 0
        for index in offset..<offset + digitCount {
            guard case 48...57 = bytes[index] else { return nil }
            value = value * 10 + Int(bytes[index] - 48)
        }
        offset += digitCount
        return value
    }

    @inline(__always)
    mutating func skip(_ bytes: borrowing Span<UInt8>, _ mark: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: mark) else { return false }
        offset += 1
        return true
    }

    /// Microseconds after an optional `.`; `nil` for a point without digits.
    mutating func fraction(_ bytes: borrowing Span<UInt8>) -> Int? {
        guard skip(bytes, ".") else { return 0 }
        var (value, weight, digitCount) = (0, 100_000, 0)
        while offset < bytes.count, case 48...57 = bytes[offset] {
            value += Int(bytes[offset] - 48) * weight
            weight /= 10
            digitCount += 1
            offset += 1
        }
        return digitCount > 0 ? value : nil
    }

    /// Seconds east of UTC.
    mutating func zone(_ bytes: borrowing Span<UInt8>) -> Int? {
        if skip(bytes, "Z") || skip(bytes, "z") { return 0 }
        let sign = skip(bytes, "+") ? 1 : skip(bytes, "-") ? -1 : 0
        guard sign != 0, let hours = number(bytes, digitCount: 2), skip(bytes, ":"),
            let minutes = number(bytes, digitCount: 2), hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
