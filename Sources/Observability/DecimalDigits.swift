/// Digits of numbers, several at a time.
enum DecimalDigits {
    /// The eight decimal digits of a number below 10^8, one in each byte, the first in the lowest. Divisions are
    /// products with the inverse, side by side: of four digits each, then of two.
    @inline(__always)
    static func eight(of number: UInt32) -> UInt64 {
        let fours = UInt64(number / 10_000) | UInt64(number % 10_000) << 32
        let hundreds = (fours &* 10_486) >> 20 & 0x0000_007F_0000_007F
        let twos = hundreds | (fours &- hundreds &* 100) << 16
        let tens = (twos &* 103) >> 10 & 0x000F_000F_000F_000F
        return tens | (twos &- tens &* 10) << 8
    }
}
