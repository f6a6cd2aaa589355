import HTTPWire
import Testing

@Suite("HTTPDate")
struct HTTPDateTests {
    @Test(
        "Seconds become an IMF-fixdate",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (-1, "Wed, 31 Dec 1969 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_107_542_399, "Sun, 28 Feb 2100 23:59:59 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (253_402_300_799, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (Int64.max, "Fri, 31 Dec 9999 23:59:59 GMT"),
            (Int64.min, "Sat, 01 Jan 0000 00:00:00 GMT"),
        ] as [(Int64, String)]
    )
    func text(_ seconds: Int64, _ expected: String) {
        let bytes = HTTPDate(secondsSince1970: seconds).bytes
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
        #expect(bytes.count == HTTPDate.byteCount)
    }

    @Test("Weekday and day go on by one from midnight to midnight, through 400 years")
    func succession() {
        var previous = ""
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        for day in stride(from: Int64(-146_097), to: 146_097, by: 1) {
            let bytes = HTTPDate(secondsSince1970: day * 86_400).bytes
            let text = String(decoding: bytes.prefix(3), as: UTF8.self)
            if let index = days.firstIndex(of: previous) {
                guard text == days[(index + 1) % 7] else {
                    Issue.record("day \(day) is \(text) after \(previous)")
                    return
                }
            }
            previous = text
        }
    }
}
