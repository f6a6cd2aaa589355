/// What RFC 8259 leaves to the reader; ours decides each the same way every time.
extension JSONCase {
    /// Kept as they are written, never rounded.
    static let freeNumbers = [
        "0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999999969",
        "123.456e-789", "-1e+9999", "1.5e+9999", "-123123e100000", "123123e100000",
        "123e-10000000", "-123123123123123123123123123123", "100000000000000000000",
        "-237462374673276894279832",
        "1e400", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
    ].map { JSONCase("the number \($0)", $0) }

    /// Escapes of halves of surrogate pairs: each half reads as U+FFFD.
    static let freeStrings: [(JSONCase, reads: String)] = [
        (JSONCase("a high half alone", #""\uDADA""#), "\u{FFFD}"),
        (JSONCase("a low half alone", #""\uDd1e""#), "\u{FFFD}"),
        (JSONCase("a high half before a text", #""\uD888x""#), "\u{FFFD}x"),
        (JSONCase("a high half before a newline", #""\uD800\n""#), "\u{FFFD}\n"),
        (JSONCase("a high half before a plain escape", #""\uD888\u1234""#), "\u{FFFD}\u{1234}"),
        (JSONCase("a pair the wrong way round", #""\uDd1e\uD834""#), "\u{FFFD}\u{FFFD}"),
        (JSONCase("two high halves", #""\uD800\uD800""#), "\u{FFFD}\u{FFFD}"),
        (JSONCase("a high half before a pair", #""\uD800\uD834\uDD1E""#), "\u{FFFD}\u{1D11E}"),
        (JSONCase("a low half before a text", #""ab\uDFAAcd""#), "ab\u{FFFD}cd"),
    ]

    /// Refused: a byte order mark, other encodings, nesting beyond the limit, bytes that are not UTF-8.
    static let freeRefused = [
        JSONCase("a byte order mark before an object", bytes: [0xEF, 0xBB, 0xBF, 0x7B, 0x7D]),
        JSONCase("UTF-16, little-endian", bytes: [0xFF, 0xFE, 0x5B, 0, 0x5D, 0]),
        JSONCase("UTF-16, little-endian, without a mark", bytes: [0x5B, 0, 0x5D, 0]),
        JSONCase("UTF-16, big-endian", bytes: [0xFE, 0xFF, 0, 0x5B, 0, 0x5D]),
        JSONCase("UTF-16, big-endian, without a mark", bytes: [0, 0x5B, 0, 0x5D]),
        JSONCase("500 arrays inside one another", nested(500)),
        JSONCase("Latin-1 in a string", inString: [0xE9]),
        JSONCase("a truncated sequence", inString: [0xE0, 0xFF]),
        JSONCase("a surrogate in UTF-8", inString: [0xED, 0xA0, 0x80]),
        JSONCase("an invalid byte", inString: [0xFF]),
        JSONCase("beyond Unicode", inString: [0xF4, 0xBF, 0xBF, 0xBF]),
        JSONCase("an overlong sequence", inString: [0xC1, 0xBF]),
    ]
}
