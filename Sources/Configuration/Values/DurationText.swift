/// Durations as the configuration, flags and parameters write them: one whole number and one unit of
/// `ms`, `s`, `m`, `h`, `d`.
public enum DurationText {
    static let measure = MeasureText(
        noun: "duration",
        units: [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)],
        written: ["h", "m", "s", "ms"],
        example: "10s"
    )

    /// Reads `"1500ms"` or `"10m"`; fails with what is wrong and what would be right.
    public static func parse(_ text: String) throws(TextComplaint) -> Duration {
        .milliseconds(try measure.parse(text))
    }

    /// A short exact spelling; parts below a millisecond are dropped.
    public static func text(of duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let (whole, overflows) = Int(seconds).multipliedReportingOverflow(by: 1000)
        guard !overflows else { return "\(seconds)s" }
        let total = whole + Int(attoseconds / 1_000_000_000_000_000)
        let day = 86_400_000
        return total >= 2 * day && total.isMultiple(of: day)
            ? "\(total / day)d" : measure.plain(total)
    }
}
