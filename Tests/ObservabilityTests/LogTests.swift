import Testing

@testable import Observability

struct LogTests {
    @Test("A record is one line of JSON with time, level, message and its fields in order")
    func line() {
        let record = LogRecord(
            time: 1_767_323_045_678_901,
            level: .warning,
            message: "upstream failed",
            fields: [
                .init("upstream", "huawei-bj4"), .init("attempt", 2), .init("retry", true),
                .init("took", .duration(.microseconds(1_234_567))), .init("loss", -7),
            ],
        )
        #expect(
            text(record) == """
                {"time":"2026-01-02T03:04:05.678Z","level":"warning","message":"upstream failed",\
                "upstream":"huawei-bj4","attempt":2,"retry":true,"took":1234.567,"loss":-7}

                """
        )
    }

    @Test(
        "Times are written in UTC, before the epoch and in leap years, too",
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_399_999_999, "2100-02-28T23:59:59.999Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00.000Z"),
        ] as [(Int64, String)]
    )
    func times(time: Int64, expected: String) {
        var bytes: [UInt8] = []
        bytes.append(timeMicroseconds: time)
        #expect(String(decoding: bytes, as: UTF8.self) == expected)
    }

    @Test("Every control character and everything that moves text is escaped")
    func escapes() {
        let scalars =
            (0x00...0x9F).compactMap(Unicode.Scalar.init) + ["\u{2028}", "\u{202E}", "\u{2066}"]
        for scalar in scalars {
            let line = text(LogRecord(time: 0, level: .info, message: String(scalar)))
            let isPlain = (0x20..<0x7F).contains(scalar.value) && scalar != "\"" && scalar != "\\"
            #expect(line.unicodeScalars.contains("\\") == !isPlain)
            let forbidden = line.unicodeScalars.dropLast().contains {
                $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x2028
                    || $0.value == 0x202E || $0.value == 0x2066
            }
            #expect(!forbidden)
        }
        #expect(
            text(LogRecord(time: 0, level: .info, message: "\u{1}\n\"鏡")).contains(
                #""\u0001\n\"鏡""#
            )
        )
    }

    @Test("A text is cut at a character once it is longer than the bound", arguments: [-1, 0, 1])
    func bound(excess: Int) {
        let plain = String(repeating: "x", count: LogLine.textBytesMax + excess)
        let cut = text(LogRecord(time: 0, level: .info, message: plain)).contains("x…\"")
        #expect(cut == (excess > 0))
        let wide = String(repeating: "鏡", count: LogLine.textBytesMax)
        #expect(text(LogRecord(time: 0, level: .info, message: wide)).contains("鏡…\""))
    }

    @Test("Fields beyond the bound are dropped", arguments: [31, 32, 33])
    func fieldBound(count: Int) {
        let fields = (0..<count).map { LogRecord.Field("f\($0)", .integer($0)) }
        let line = text(LogRecord(time: 0, level: .info, message: "", fields: fields))
        #expect(line.split(separator: ",").count == 3 + min(count, LogLine.fieldCountMax))
    }

    @Test("A redacted value never shows itself, whatever way it goes into a record")
    func redacted() {
        let secret = Redacted("hunter2")
        let record = LogRecord(
            time: 0,
            level: .info,
            message: "login with \(secret)",
            fields: [
                .init("a", LogValue(secret)), .init("b", "\(secret)"),
                .init("c", .string("\([secret])")),
            ],
        )
        #expect(!text(record).contains("hunter2"))
        #expect(text(record).contains("\"a\":\"«redacted»\""))
    }

    @Test("Lines written into one buffer follow each other")
    func reusedBuffer() {
        var buffer: [UInt8] = []
        for count in 1...2 {
            var line = LogLine(time: 0, level: .info, message: "m", reusing: &buffer)
            line.append("n", count)
            line.finish(into: &buffer)
        }
        let lines = String(decoding: buffer, as: UTF8.self).split(separator: "\n")
        #expect(lines.map { $0.suffix(6) } == ["\"n\":1}", "\"n\":2}"])
    }

    @Test("Level names are read as they are written")
    func levelNames() {
        for level in LogLevel.allCases { #expect(LogLevel(name: "\(level.name)") == level) }
        #expect(LogLevel(name: "Info") == nil)
    }

    private func text(_ record: LogRecord) -> String {
        var bytes: [UInt8] = []
        record.append(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
