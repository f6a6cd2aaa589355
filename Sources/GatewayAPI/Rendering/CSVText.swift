/// Records of comma-separated values (RFC 4180).
///
/// Values are exact: whoever opens the file in a spreadsheet that takes texts for formulas (`=`, `+`, `-`,
/// `@` in front) must import the columns as text.
public enum CSVText {
    /// One record with its CRLF. Values that hold a comma, a quote, a line break or a blank at an end are
    /// quoted.
    public static func line(_ values: [String]) -> String {
        values.map(field).joined(separator: ",") + "\r\n"
    }

    private static func field(_ value: String) -> String {
        guard needsQuotes(value) else { return value }
        let doubled = value.unicodeScalars.reduce(into: "") { text, scalar in
            text.unicodeScalars.append(contentsOf: scalar == "\"" ? ["\"", "\""] : [scalar])
        }
        return "\"\(doubled)\""
    }

    /// By scalars: a comma with a combining mark behind it is still a comma in the file.
    private static func needsQuotes(_ value: String) -> Bool {
        value.utf8.first == 0x20 || value.utf8.last == 0x20
            || value.utf8.contains { [0x2C, 0x22, 0x0A, 0x0D].contains($0) }
    }
}
