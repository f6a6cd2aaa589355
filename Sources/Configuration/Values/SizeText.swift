/// Byte sizes as the configuration writes them: one whole number and one unit of `B`, `KiB`, `MiB`,
/// `GiB` (powers of 1024), `KB`, `MB`, `GB` (powers of 1000).
public enum SizeText {
    static let measure = MeasureText(
        noun: "size",
        units: [
            ("B", 1), ("MiB", 1 << 20), ("KiB", 1 << 10), ("GiB", 1 << 30), ("KB", 1000),
            ("MB", 1_000_000), ("GB", 1_000_000_000),
        ],
        written: ["GiB", "MiB", "KiB", "GB", "MB", "KB", "B"],
        example: "64MiB"
    )

    /// Bytes of `"64MiB"`; fails with what is wrong and what would be right.
    public static func parse(_ text: String) throws(TextComplaint) -> Int {
        try measure.parse(text)
    }

    /// The shortest exact spelling.
    public static func text(of bytes: Int) -> String {
        measure.plain(bytes)
    }
}
