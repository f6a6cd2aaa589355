import HTTPWire
import ImageModel

extension FuzzTarget {
    /// A date as text, and a date as eight bytes. What was read and written reads the same; both calendars
    /// of the gateway agree on day and time.
    static let dates = FuzzTarget(
        name: "dates",
        byteCountMax: 64,
        seeds: { dateSeeds.map { Array($0.utf8) } + [[0, 0, 0, 0, 0, 0, 0, 0]] }
    ) { bytes in
        let text = bytes.text
        if let date = Timestamp(rfc3339: text) {
            hold(Timestamp(rfc3339: date.rfc3339) == date, "written anew as \(date.rfc3339)")
            checkCalendars(date)
        }
        guard bytes.count >= 8 else { return }
        let number = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let date = Timestamp(microseconds: Int64(bitPattern: number))
        let bounded = Timestamp(rfc3339: date.rfc3339)
        hold(bounded != nil, "\(date.rfc3339) is no date")
        if let bounded { checkCalendars(bounded) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` against year, month, day and time of the other calendar.
    private static func checkCalendars(_ date: Timestamp) {
        let time = CivilTime(date)
        let words = HTTPDate(secondsSince1970: date.seconds).bytes.text.split { " ,:".contains($0) }
        let days = date.seconds >= 0 ? date.seconds / 86_400 : (date.seconds - 86_399) / 86_400
        let weekday = weekdays[Int(((days + 4) % 7 + 7) % 7)]
        let numbers = [words[1], words[3], words[4], words[5], words[6]].map { Int($0) }
        hold(words[0] == weekday && words[2] == months[time.month - 1], "\(words)")
        hold(
            numbers == [time.day, time.year, time.hour, time.minute, time.second],
            "\(words) against \(time)"
        )
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static let dateSeeds = [
        "2018-09-06T14:03:27Z", "2000-02-29 23:59:60.123456789+14:00", "0000-01-01T00:00:00-00:00",
        "9999-12-31t23:59:59.999999z", "1900-02-29T00:00:00Z", "2024-05-06T00:00:00",
    ]
}
