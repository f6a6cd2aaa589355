import ImageModel

extension ByteCursor {
    /// What stands between the quotes of a text that needs escapes.
    mutating func escaped(_ text: Span<UInt8>) {
        for index in 0..<text.count {
            let value = text[index]
            switch value {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                byte(UInt8(ascii: "\\"))
                byte(value)
            case 0x0A: copy("\\n")
            case 0x0D: copy("\\r")
            case 0x09: copy("\\t")
            case 0..<0x20:
                copy("\\u00")
                byte(value < 16 ? UInt8(ascii: "0") : UInt8(ascii: "1"))
                byte(value & 15 < 10 ? 48 + value & 15 : 87 + value & 15)
            default: byte(value)
            }
        }
    }

    /// What `Timestamp.rfc3339` says, in quotes, without a `String` for the years 0 to 9999.
    mutating func date(microseconds: Int64) {
        let date = Timestamp(microseconds: microseconds)
        let seconds = date.seconds
        let time = CivilTime(date)
        byte(UInt8(ascii: "\""))
        if (0...9999).contains(time.year) {
            write(time)
            let fraction = microseconds - seconds * 1_000_000
            if fraction != 0 { write(fraction: fraction) }
            byte(UInt8(ascii: "Z"))
        } else {
            for value in date.rfc3339.utf8 { byte(value) }
        }
        byte(UInt8(ascii: "\""))
    }

    @inline(__always)
    private mutating func write(_ time: CivilTime) {
        let century = time.year / 100
        padded(century)
        padded(time.year &- century &* 100)
        byte(UInt8(ascii: "-"))
        padded(time.month)
        byte(UInt8(ascii: "-"))
        padded(time.day)
        byte(UInt8(ascii: "T"))
        padded(time.hour)
        byte(UInt8(ascii: ":"))
        padded(time.minute)
        byte(UInt8(ascii: ":"))
        padded(time.second)
    }

    /// Microseconds without the zeros at their end.
    private mutating func write(fraction: Int64) {
        var (rest, weight) = (fraction, Int64(100_000))
        byte(UInt8(ascii: "."))
        while rest > 0 {
            byte(UInt8(48 + rest / weight))
            rest %= weight
            weight /= 10
        }
    }
}
