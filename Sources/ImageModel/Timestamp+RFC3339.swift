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
        guard text.count >= 20, text[10] | 0x20 == UInt8(ascii: "t") || text[10] == 0x20,
            let first = DatePart(text, at: 0, .yearAndMonth),
            let middle = DatePart(text, at: 8, .dayAndMinute),
            let last = DatePart(text, at: 12, .second)
        else { return nil }
        let year = first.pair(at: 0) * 100 + first.pair(at: 2)
        let (month, day) = (first.pair(at: 5), middle.pair(at: 0))
        let (hour, minute, second) = (middle.pair(at: 3), middle.pair(at: 6), last.pair(at: 5))
        guard let (fraction, offset) = Timestamp.fractionAndZone(text), (1...12).contains(month),
            day >= 1, day <= CivilTime.dayCount(year: year, month: month),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        let days = CivilTime.daysSinceEpoch(year: year, month: month, day: day)
        let seconds = days * 86_400 + hour * 3_600 + minute * 60 + second - offset
        let microseconds = Int64(seconds) * 1_000_000 + Int64(fraction)
        guard Timestamp.writable.contains(microseconds) else { return nil }
        self.init(microseconds: microseconds)
    }

    /// What follows the seconds and ends the text: microseconds, and seconds east of UTC.
    @inline(__always)
    private static func fractionAndZone(_ text: borrowing Span<UInt8>) -> (Int, Int)? {
        if text.count == 20, text[19] == UInt8(ascii: "Z") { return (0, 0) }
        var reader = DigitReader(offset: 19)
        guard let fraction = reader.fraction(text), let offset = reader.zone(text),
            reader.offset == text.count
        else { return nil }
        return (fraction, offset)
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
        var text = DigitWriter()
        text.write(time.year, digitCount: 4)
        text.write("-", time.month)
        text.write("-", time.day)
        text.write("T", time.hour)
        text.write(":", time.minute)
        text.write(":", time.second)
        if fraction != 0 { text.write(fraction: Int(fraction)) }
        text.write("Z")
        return text.string
    }
}

/// Writes ASCII digits and marks.
private struct DigitWriter {
    /// For the longest time there is, `2018-09-06T14:03:27.123456Z`.
    private var bytes = InlineArray<27, UInt8>(repeating: 0)
    private var count = 0

    var string: String {
        bytes.span.extracting(first: count).withUnsafeBufferPointer {
            String(decoding: $0, as: UTF8.self)
        }
    }

    mutating func write(_ mark: Unicode.Scalar) {
        write(UInt8(ascii: mark))
    }

    private mutating func write(_ byte: UInt8) {
        bytes[count] = byte
        count += 1
    }

    mutating func write(_ mark: Unicode.Scalar, _ pair: Int) {
        write(mark)
        write(pair, digitCount: 2)
    }

    mutating func write(_ number: Int, digitCount: Int) {
        var weight = 1
        for _ in 1..<digitCount { weight *= 10 }
        while weight > 0 {
            write(UInt8(ascii: "0") + UInt8(number / weight % 10))
            weight /= 10
        }
    }

    /// Microseconds, without trailing zeros.
    mutating func write(fraction: Int) {
        write(".")
        write(fraction, digitCount: 6)
        while bytes[count - 1] == UInt8(ascii: "0") { count -= 1 }
    }
}

/// Eight characters of a date, all at once: digits in pairs, and marks between them.
private struct DatePart {
    /// What two digits mean, at the place of the first.
    private let pairs: UInt64

    /// What must stand where; of numbers the first character is the lowest byte.
    struct Form {
        /// The characters, `0` for any digit and zero for anything.
        var characters: UInt64
        /// 9 where a digit may stand.
        var nines: UInt64
        /// Zero where anything may stand.
        var mask = UInt64.max

        /// `2018-09-`
        static var yearAndMonth: Form {
            Form(characters: 0x2D30_302D_3030_3030, nines: 0x0009_0900_0909_0909)
        }
        /// `06T14:03`, without the `T`
        static var dayAndMinute: Form {
            Form(
                characters: 0x3030_3A30_3000_3030,
                nines: 0x0909_0009_0900_0909,
                mask: 0xFFFF_FFFF_FF00_FFFF
            )
        }
        /// `4:03:27Z`, without the `Z`
        static var second: Form {
            Form(
                characters: 0x0030_303A_3030_3A30,
                nines: 0x0009_0900_0909_0009,
                mask: 0x00FF_FFFF_FFFF_FFFF
            )
        }
    }

    /// `nil` for anything of another form.
    @inline(__always)
    init?(_ text: borrowing Span<UInt8>, at offset: Int, _ form: Form) {
        let bytes = text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
        // Digits become their values, marks zeros.
        let values = bytes.littleEndian & form.mask ^ form.characters
        // A byte beyond what may be there gets its high bit; what it carries spoils bytes beyond a wrong one only.
        let limits: UInt64 = 0x7F7F_7F7F_7F7F_7F7F &- form.nines
        guard (values | (values &+ limits)) & 0x8080_8080_8080_8080 == 0 else { return nil }
        pairs = values &* 10 &+ values &>> 8
    }

    @inline(__always)
    func pair(at place: Int) -> Int {
        Int(truncatingIfNeeded: pairs &>> UInt64(8 &* place) & 0xFF)
    }
}

/// Walks over ASCII digits and marks.
private struct DigitReader {
    private(set) var offset: Int

    init(offset: Int) {
        self.offset = offset
    }

    /// Two digits.
    @inline(__always)
    private mutating func pair(_ bytes: borrowing Span<UInt8>) -> Int? {
        guard offset &+ 2 <= bytes.count else { return nil }
        let (tens, ones) = (bytes[offset] &- 48, bytes[offset &+ 1] &- 48)
        guard tens < 10, ones < 10 else { return nil }
        offset &+= 2
        return Int(tens) &* 10 &+ Int(ones)
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
        var (value, digitCount) = (0, 0)
        while offset < bytes.count, case let digit = bytes[offset] &- 48, digit < 10 {
            if digitCount < 6 { value = value &* 10 &+ Int(digit) }
            digitCount &+= 1
            offset &+= 1
        }
        guard digitCount > 0 else { return nil }
        for _ in min(digitCount, 6)..<6 { value &*= 10 }
        return value
    }

    /// Seconds east of UTC.
    mutating func zone(_ bytes: borrowing Span<UInt8>) -> Int? {
        if skip(bytes, "Z") || skip(bytes, "z") { return 0 }
        let sign = skip(bytes, "+") ? 1 : skip(bytes, "-") ? -1 : 0
        guard sign != 0, let hours = pair(bytes), skip(bytes, ":"),
            let minutes = pair(bytes), hours < 24, minutes < 60
        else { return nil }
        return sign * (hours * 3_600 + minutes * 60)
    }
}
