/// Numbers that names of one list differ in: serial numbers, dates and builds.
///
/// What a name means does not depend on which of them it holds. The rules compare numbers with versions, years, days,
/// months and processors, all of which are left out here; the few that take any number say so in
/// `NameReader.usesSerials`.
enum SerialNumber {
    /// Whether a number of so many digits is one.
    @inline(__always)
    static func isOne(_ value: Int, digitCount: Int) -> Bool {
        guard digitCount > 2, value > 99 else { return false }
        switch value {
        // Processors, and the years of systems and dates.
        case 386, 390, 486, 586, 686, 1990...2049: return false
        // Years and months without a mark between them, such as `2204`: no system has years beyond 40.
        default: return digitCount != 4 || value > 40_99 || !(1...12).contains(value % 100)
        }
    }

    /// Beyond the last year that is told from other numbers; some rules ask for no more than that.
    @inline(__always)
    static func isBeyondYears(_ value: Int) -> Bool { value >= 2050 }
}

extension NameReader {
    /// Notes that it matters which number this is, although it looks like a serial number.
    mutating func noteUse(of token: NameToken) {
        if SerialNumber.isOne(token.number, digitCount: Int(token.digitCount)) {
            usesSerials = true
        }
    }
}
