import ImageModel
import TestKit
import Testing

@Suite("Timestamp")
struct TimestampTests {
    private static let readable: [(String, Int64)] = [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1),
        ("1969-12-31T23:59:59.999999Z", -1), ("2018-09-06T14:03:27Z", 1_536_242_607_000_000),
        ("2018-09-06t14:03:27z", 1_536_242_607_000_000),
        ("2018-09-06 14:03:27Z", 1_536_242_607_000_000),
        ("2018-09-06T22:03:27+08:00", 1_536_242_607_000_000),
        ("2018-09-06T09:33:27-04:30", 1_536_242_607_000_000),
        ("2018-09-06T14:03:27-00:00", 1_536_242_607_000_000),
        ("2018-09-06T14:03:27.5Z", 1_536_242_607_500_000),
        ("2018-09-06T14:03:27.1234569999999999999999999Z", 1_536_242_607_123_456),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
        ("0000-01-01T00:00:00Z", -62_167_219_200_000_000),
        ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ]

    @Test("An RFC 3339 time reads as its instant", arguments: readable)
    func reads(_ text: String, microseconds: Int64) {
        #expect(Timestamp(rfc3339: text)?.microseconds == microseconds)
    }

    @Test(
        "What is no RFC 3339 time is not read",
        arguments: [
            "", "2018", "2018-09-06", "2018-09-06T14:03:27", "2018-09-06T14:03Z",
            "2018-9-6T14:03:27Z",
            "2018-13-06T14:03:27Z", "2018-00-06T14:03:27Z", "2018-09-31T14:03:27Z",
            "2018-09-00T14:03:27Z",
            "1900-02-29T00:00:00Z", "2019-02-29T00:00:00Z", "2018-09-06T24:00:00Z",
            "2018-09-06T14:60:00Z",
            "2018-09-06T14:03:61Z", "2018-09-06T14:03:27.Z", "2018-09-06T14:03:27,5Z",
            "2018-09-06T14:03:27ZZ",
            "2018-09-06T14:03:27+24:00", "2018-09-06T14:03:27+08:60", "2018-09-06T14:03:27+0800",
            "2018-09-06T14:03:27+08", " 2018-09-06T14:03:27Z", "2018-09-06T14:03:27Z ",
            "+2018-09-06T14:03:27Z",
            "-018-09-06T14:03:27Z", "２０１８-09-06T14:03:27Z", "2018-09-06T14:03:27é",
            "20180906T140327Z",
            "0000-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01", "9999-12-31T23:59:60Z", "NaN",
        ]
    )
    func refuses(_ text: String) {
        #expect(Timestamp(rfc3339: text) == nil)
    }

    @Test("A byte that may not stand at its place is refused", arguments: 0..<19)
    func bytes(place: Int) {
        let text = Array("2011-11-11T11:11:11Z".utf8)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        for byte in UInt8.min...UInt8.max {
            var changed = text
            changed[place] = byte
            let mayStand =
                switch text[place] {
                case UInt8(ascii: "1"), UInt8(ascii: "2"), UInt8(ascii: "0"): digits.contains(byte)
                case UInt8(ascii: "T"): "Tt ".utf8.contains(byte)
                default: byte == text[place]
                }
            let reads = Timestamp(rfc3339: changed.span) != nil
            if !mayStand { #expect(!reads) }
            // Any digit may be the last of a number.
            if mayStand, [3, 9, 12, 15, 18, 4, 7, 10, 13, 16].contains(place) { #expect(reads) }
        }
    }

    @Test("Every prefix of a time is refused")
    func prefixes() {
        let text = "2018-09-06T22:03:27.25+08:00"
        for count in 0..<text.count { #expect(Timestamp(rfc3339: text.prefix(count)) == nil) }
    }

    @Test("An instant of the years 0 to 9999 is read back as it was written")
    func roundTrip() {
        var random = SplitMix(seed: 3)
        for round in 0..<20_000 {
            var instant = Int64.random(
                in: -62_167_219_200_000_000...253_402_300_799_999_999,
                using: &random
            )
            if round % 2 == 0 { instant -= instant % 1_000_000 }
            let timestamp = Timestamp(microseconds: instant)
            #expect(Timestamp(rfc3339: timestamp.rfc3339) == timestamp)
        }
    }

    @Test("A fraction is written without trailing zeros, and not at all where there is none")
    func fractions() {
        #expect(Timestamp(microseconds: 0).rfc3339 == "1970-01-01T00:00:00Z")
        #expect(Timestamp(microseconds: 500_000).rfc3339 == "1970-01-01T00:00:00.5Z")
        #expect(Timestamp(microseconds: -1).rfc3339 == "1969-12-31T23:59:59.999999Z")
    }

    @Test("Beyond the years that the format can write stands the nearest that it can")
    func ends() {
        #expect(Timestamp(microseconds: .min).rfc3339 == "0000-01-01T00:00:00Z")
        #expect(Timestamp(microseconds: .max).rfc3339 == "9999-12-31T23:59:59.999999Z")
    }

    @Test(
        "Whole seconds are rounded down, also at the ends of the range",
        arguments: [
            (0, 0), (999_999, 0), (1_000_000, 1), (-1, -1), (-1_000_000, -1), (-1_000_001, -2),
            (.max, 9_223_372_036_854), (.min, -9_223_372_036_855),
        ] as [(Int64, Int64)]
    )
    func seconds(_ microseconds: Int64, seconds: Int64) {
        #expect(Timestamp(microseconds: microseconds).seconds == seconds)
    }

    @Test("Seconds and durations beyond the range stop at its ends")
    func saturation() {
        #expect(Timestamp(seconds: .max).microseconds == .max)
        #expect(Timestamp(seconds: .min).microseconds == .min)
        let now = Timestamp(seconds: 1_700_000_000)
        #expect(now.advanced(by: .seconds(Int64.max)).microseconds == .max)
        #expect(now.advanced(by: .seconds(Int64.min)).microseconds == .min)
        #expect(Timestamp(microseconds: .max).advanced(by: .microseconds(1)).microseconds == .max)
        #expect(Timestamp(microseconds: .min).advanced(by: .microseconds(-1)).microseconds == .min)
        #expect(now.advanced(by: .milliseconds(1_500)).microseconds == 1_700_000_001_500_000)
        #expect(now.advanced(by: .milliseconds(-1_500)).microseconds == 1_699_999_998_500_000)
    }

    @Test("The time between two instants is exact, also between the ends of the range")
    func durations() {
        let (first, last) = (Timestamp(microseconds: .min), Timestamp(microseconds: .max))
        #expect(
            first.duration(to: last) == .microseconds(Int64.max) + .microseconds(Int64.max)
                + .microseconds(1)
        )
        #expect(last.duration(to: first) == .zero - first.duration(to: last))
        #expect(Timestamp(seconds: 5).duration(to: Timestamp(seconds: 3)) == .seconds(-2))
    }

    @Test("The calendar of the extreme instants can be asked for")
    func calendar() {
        #expect(CivilTime(Timestamp(microseconds: .max)).year == 294_247)
        #expect(CivilTime(Timestamp(microseconds: .min)).year == -290_308)
    }
}
