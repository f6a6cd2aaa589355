import Testing

@testable import Configuration

@Suite("Durations and sizes")
struct MeasureTextTests {
    @Test(
        "A whole number and a unit is a duration",
        arguments: [
            ("0ms", Duration.zero), ("1500ms", .milliseconds(1500)), ("2s", .seconds(2)),
            ("10m", .seconds(600)), ("24h", .seconds(86_400)), ("30d", .seconds(2_592_000)),
        ]
    )
    func durations(text: String, value: Duration) throws {
        #expect(try DurationText.parse(text) == value)
    }

    @Test(
        "A duration's text reads back as the duration",
        arguments: [
            0, 1, 999, 1000, 1500, 60_000, 90_000, 3_600_000, 86_400_000, 172_800_000, 259_200_001,
        ]
    )
    func durationTexts(milliseconds: Int) throws {
        let duration = Duration.milliseconds(milliseconds)
        #expect(try DurationText.parse(DurationText.text(of: duration)) == duration)
    }

    @Test(
        "What is no duration says what would be right",
        arguments: [
            ("", "is empty; write \"10s\""),
            ("10", "\"10\" lacks a unit; write \"10ms\" or \"10s\""),
            (
                "1h30m",
                "\"1h30m\" is not one whole number and one unit of ms, s, m, h, d; write \"90m\""
            ),
            (
                "1.5s",
                "\"1.5s\" is not one whole number and one unit of ms, s, m, h, d; write \"1500ms\""
            ),
            (
                "10 m",
                "\"10 m\" is not one whole number and one unit of ms, s, m, h, d; write \"10m\""
            ),
            (
                "10min",
                "\"10min\" is not one whole number and one unit of ms, s, m, h, d; write \"10m\""
            ),
            (
                "10S",
                "\"10S\" is not one whole number and one unit of ms, s, m, h, d; write \"10s\""
            ),
            ("999999999", "\"999999999\" lacks a unit; write \"999999999ms\" or \"999999999s\""),
            ("1000000000", "lacks a unit; for example \"10s\""),
            ("99999999999999999999", "lacks a unit; for example \"10s\""),
            ("10w", "has an unknown unit; the units are ms, s, m, h, d"),
            (
                "soon",
                "is no duration; a duration is a whole number and a unit, for example \"10s\""
            ),
            (
                "-1s",
                "is no duration; a duration is a whole number and a unit, for example \"10s\""
            ),
            (
                "a-secret-that-is-in-the-wrong-place",
                "is no duration; "
                    + "a duration is a whole number and a unit, for example \"10s\""
            ),
            ("99999999999999999999s", "is too large for a duration"),
            ("9223372036854775807d", "is too large for a duration"),
            ("1.2.3s", "has an unknown unit; the units are ms, s, m, h, d"),
        ]
    )
    func complaints(text: String, complaint: String) {
        #expect(throws: TextComplaint.self) { try DurationText.parse(text) }
        do { _ = try DurationText.parse(text) } catch { #expect(error.description == complaint) }
    }

    @Test(
        "A whole number and a unit is a size",
        arguments: [
            ("0B", 0), ("1KiB", 1024), ("64MiB", 64 << 20), ("2GiB", 2 << 30), ("1KB", 1000),
            ("3MB", 3_000_000), ("1GB", 1_000_000_000),
        ]
    )
    func sizes(text: String, value: Int) throws {
        #expect(try SizeText.parse(text) == value)
        #expect(try SizeText.parse(SizeText.text(of: value)) == value)
    }

    @Test(
        "What is no size says what would be right",
        arguments: [
            ("64", "\"64\" lacks a unit; write \"64B\" or \"64MiB\""),
            (
                "64mib",
                "\"64mib\" is not one whole number and one unit of B, MiB, KiB, GiB, KB, MB, GB; write \"64MiB\""
            ),
            (
                "1.5GiB",
                "\"1.5GiB\" is not one whole number and one unit of B, MiB, KiB, GiB, KB, MB, GB; "
                    + "write \"1536MiB\""
            ),
            ("1TiB", "has an unknown unit; the units are B, MiB, KiB, GiB, KB, MB, GB"),
            ("9999999999999GiB", "is too large for a size"),
        ]
    )
    func sizeComplaints(text: String, complaint: String) {
        #expect(throws: TextComplaint.self) { try SizeText.parse(text) }
        do { _ = try SizeText.parse(text) } catch { #expect(error.description == complaint) }
    }
}
