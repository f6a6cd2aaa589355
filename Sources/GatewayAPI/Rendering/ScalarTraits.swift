/// What one Unicode scalar does to a line of a terminal.
enum ScalarTraits {
    /// Wide scalars besides emoji (Unicode Standard Annex 11, classes W and F; unassigned gaps inside a
    /// block are counted with it).
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF,
        0x4E00...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAD9, 0xFE10...0xFE6B,
        0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1F200...0x1F265,
        0x20000...0x3FFFD,
    ]

    static func width(_ scalar: Unicode.Scalar) -> Int {
        if isWeightless(scalar) { return 0 }
        // Two regional indicators make one flag of two cells.
        if (0x1F1E6...0x1F1FF).contains(scalar.value) { return 1 }
        if scalar.properties.isEmojiPresentation { return 2 }
        return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
    }

    /// Marks on the letter before, joiners, and the vowels and finals of composed Hangul.
    private static func isWeightless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: (0x1160...0x11FF).contains(scalar.value)
        }
    }

    /// Whether the scalar does something to a terminal or a line instead of being shown. The joiners of
    /// Indic scripts and of emoji are left alone.
    static func isSteering(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
        default: false
        }
    }

    /// Whether it turns the emoji it stands behind into one picture of two cells.
    static func makesEmoji(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\u{FE0F}" || scalar == "\u{200D}" || scalar.properties.isEmojiModifier
    }
}
