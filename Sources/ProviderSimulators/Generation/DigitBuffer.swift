/// Writes a date into memory that is large enough for it.
struct DigitBuffer {
    private let bytes: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(bytes: UnsafeMutableBufferPointer<UInt8>) {
        self.bytes = bytes
    }

    mutating func append(byte: UInt8) {
        bytes[count] = byte
        count += 1
    }

    mutating func append(_ separator: Unicode.Scalar) {
        append(byte: UInt8(ascii: separator))
    }

    /// A separator and two digits.
    mutating func append(_ separator: Unicode.Scalar, _ value: Int) {
        append(separator)
        append(value, 2)
    }

    mutating func append(_ value: Int, _ digitCount: Int) {
        var rest = value
        for index in (count..<count + digitCount).reversed() {
            bytes[index] = UInt8(48 + rest % 10)
            rest /= 10
        }
        count += digitCount
    }

    /// `Z`, or a sign and hours and minutes.
    mutating func append(zone offsetMinutes: Int?) {
        guard let offsetMinutes else { return append("Z") }
        append(offsetMinutes < 0 ? "-" : "+")
        append(abs(offsetMinutes) / 60, 2)
        append(":", abs(offsetMinutes) % 60)
    }
}
