/// What a terminal makes of a text: how many cells it fills, and how to write it without letting the text
/// steer the terminal.
public enum CellText {
    /// Cells that `text` fills: two for wide characters (Chinese, full-width, emoji), none for combining
    /// marks, one for the rest. Line breaks and controls are the business of `visible`. O(n).
    public static func width(_ text: String) -> Int {
        if let count = plainCount(text) { return count }
        return text.reduce(0) { $0 + width($1) }
    }

    /// `text` with everything that could move a cursor, colour a terminal or turn the direction of writing
    /// made visible: control characters as their pictures (␛), others as `<U+202E>`.
    public static func visible(_ text: String) -> String {
        if plainCount(text) != nil { return text }
        guard text.unicodeScalars.contains(where: { ScalarTraits.isSteering($0) }) else {
            return text
        }
        return text.unicodeScalars.reduce(into: "") { $0 += picture($1) }
    }

    /// The longest beginning of `text` that fills at most `width` cells, with `…` in the last one where
    /// something was cut off. Never cuts a mark from its letter.
    public static func cut(_ text: String, to width: Int) -> String {
        guard self.width(text) > width else { return text }
        var (kept, filled) = ("", 0)
        for character in text {
            let cells = self.width(character)
            if filled + cells > width - 1 { break }
            kept.append(character)
            filled += cells
        }
        return width > 0 ? kept + "…" : ""
    }

    /// `text` with blanks up to `width` cells; texts that are wider stay whole.
    public static func padded(_ text: String, to width: Int, isRightAligned: Bool = false) -> String
    {
        let blanks = String(repeating: " ", count: max(0, width - self.width(text)))
        return isRightAligned ? blanks + text : text + blanks
    }

    /// The number of characters where all are printable ASCII, which is nearly always.
    private static func plainCount(_ text: String) -> Int? {
        text.utf8.allSatisfy { (0x20...0x7E).contains($0) } ? text.utf8.count : nil
    }

    private static func width(_ cluster: Character) -> Int {
        let scalars = cluster.unicodeScalars
        if scalars.count > 1, scalars.first?.properties.isEmoji == true,
            scalars.contains(where: ScalarTraits.makesEmoji)
        {
            return 2
        }
        return scalars.reduce(0) { $0 + ScalarTraits.width($1) }
    }

    private static func picture(_ scalar: Unicode.Scalar) -> String {
        guard ScalarTraits.isSteering(scalar) else { return String(scalar) }
        switch scalar.value {
        case 0..<0x20: return Unicode.Scalar(0x2400 + scalar.value).map { String($0) } ?? "�"
        case 0x7F: return "␡"
        default:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "<U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)>"
        }
    }
}
