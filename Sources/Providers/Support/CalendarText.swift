internal import ImageModel

/// Dates as signatures spell them.
enum CalendarText {
    /// `2019-02-25`
    static func day(_ date: Timestamp) -> String {
        let time = CivilTime(date)
        return "\(pad(time.year, 4))-\(pad(time.month, 2))-\(pad(time.day, 2))"
    }

    /// `20191115T033655Z`
    static func compact(_ date: Timestamp) -> String {
        let time = CivilTime(date)
        let day = pad(time.year, 4) + pad(time.month, 2) + pad(time.day, 2)
        return "\(day)T\(pad(time.hour, 2))\(pad(time.minute, 2))\(pad(time.second, 2))Z"
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
