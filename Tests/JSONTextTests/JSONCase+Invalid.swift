/// What every reader must refuse (RFC 8259).
extension JSONCase {
    static let invalid =
        invalidNumbers + invalidArrays + invalidObjects + invalidStrings + invalidBytes
        + invalidStructure + invalidDepth

    static let invalidNumbers = [
        "++1234", "+1", "+Inf", "+0", "-01", "-1.0.", "-2.", "-NaN", ".-1", ".2e-3", ".5", "0.1.2",
        "0.3e+",
        "0.3e", "0.e1", "0_1", "0E+", "0E", "0e+", "0e", "1.0e+", "1.0e-", "1.0e", "1 000.0",
        "1eE2", "2.e+3",
        "2.e-3", "2.e3", "9.e+", "Inf", "NaN", "\u{FF11}", "1+2", "0x1", "0x42", "0xFF", "Infinity",
        "0e+-1",
        "-123.123foo", "-Infinity", "-foo", "- 1", "-012", "-.123", "-1x", "1ea", "1e1.5", "1.",
        ".123", "1.2a",
        "1.2a-3", "1.8011670033376514H-308", "012", "00", "-00", "-", "--1", "1-", "e5", "1e",
        "1_000", "1,0,",
        "0b1", "0o7", "1e+", "1f", "1L", "٣",
    ].map { JSONCase("the number \($0)", "[\($0)]") }

    static let invalidArrays = [
        "[1 true]", "[\"\": 1]", "[\"\"],", "[,1]", "[1,,2]", "[\"x\",,]", "[\"x\"]]", "[\"\",]",
        "[\"x\"",
        "[x", "[3[4]]", "[1:2]", "[,]", "[-]", "[   , \"\"]", "[\"a\",\n4\n,1,", "[1,]", "[1,,]",
        "[*]", "[\"\"",
        "[1,", "[1,\n1\n,1", "[{}", "[", "]", "[,,]", "[1}", "[\"a\", }", "[1][2]", "[[]", "[]]",
        "[1;2]",
        "[\"a\u{0B}\"\\f]", "[a", "[\"\" \"\"]", "[true false]", "[{}{}]", "[null,]",
    ].map { JSONCase("the array \($0)", $0) }

    static let invalidObjects = [
        "[\"x\", truth]", "{[: \"x\"}\n", "{\"x\", null}", "{\"x\"::\"b\"}", "{🇨🇭}",
        "{\"a\":\"a\" 123}",
        "{key: 'value'}", "{\"a\" b}", "{:\"b\"}", "{\"a\" \"b\"}", "{\"a\":", "{\"a\"", "{1:1}",
        "{9999E9999:1}", "{null:null,null:null}", "{\"id\":0,,,,,}", "{'a':0}", "{\"id\":0,}",
        "{\"a\":\"b\"}/**/", "{\"a\":\"b\"}/**//", "{\"a\":\"b\"}//", "{\"a\":\"b\"}/",
        "{\"a\":\"b\",,\"c\":\"d\"}", "{a: \"b\"}", "{\"a\":\"a", "{ \"foo\" : \"bar\", \"a\" }",
        "{\"a\":\"b\"}#", "{", "}", "{,}", "{]", "{\"a\":1]", "{\"a\":}", "{\"a\":1,",
        "{\"a\":1 \"b\":2}",
        "{\"a\":1;\"b\":2}", "{\"a\"=1}", "{true:1}", "{\"a\":b}", "{{}}", "{[]}", "{\"a\"}",
        "{\"a\":1}}",
    ].map { JSONCase("the object \($0)", $0) }

    static let invalidStrings =
        [
            #"[" "#, #"["\uD800\"]"#, #"["\uD800\u"]"#, #"["\uD800\u1"]"#, #"["\uD800\u1x"]"#,
            "[é]",
            #"["\x00"]"#, #"["\\\"]"#, "[\"\\\u{9}\"]", "[\"\\🌀\"]", #"["\"]"#, #"["\u00A"]"#,
            #"["\uD834\uDd"]"#, #"["\uD800\uD800\x"]"#, #"["\a"]"#, #"["\uqqqq"]"#,
            #"[\u0020"asd"]"#, #"[\n]"#,
            "\"", "['single quote']", "abc", "[\"\\", "[\"new\nline\"]", "[\"\t\"]", "\"\\UA66D\"",
            "\"\"x",
            #"["\u12 4"]"#, #"["\u-123"]"#, #"["\u+123"]"#, #"["\'"]"#, #"["\v"]"#, #"["\0"]"#,
            #"["\1"]"#,
            #"["\uD8"#, #"["\u"#, "[\"abc", "\"abc", "[abc\"]", #"["\u{41}"]"#, #"["\u００４１"]"#,
        ].map { JSONCase("the text \($0)", $0) }
        + (UInt8(0)..<0x20).map { JSONCase("control character \($0) unescaped", inString: [$0]) }

    static let invalidBytes: [JSONCase] = [
        JSONCase("Latin-1 in an array", bytes: [0x5B, 0x61, 0xE5, 0x5D]),
        JSONCase("a lone invalid byte", bytes: [0x5B, 0xFF, 0x5D]),
        JSONCase("an invalid byte after a number", bytes: [0x5B, 0x31, 0xE5, 0x5D]),
        JSONCase("an invalid byte in an exponent", bytes: [0x5B, 0x31, 0x65, 0x31, 0xE5, 0x5D]),
        JSONCase("an invalid byte after a minus", bytes: [0x5B, 0x2D, 0xE5, 0x5D]),
        JSONCase("an invalid byte in an escape", inString: [0x5C, 0x75, 0xE5]),
        JSONCase("an invalid byte after a backslash", inString: [0x5C, 0xE5]),
        JSONCase("a byte order mark alone", bytes: [0xEF, 0xBB, 0xBF]),
        JSONCase("half a byte order mark", bytes: [0xEF, 0xBB, 0x7B, 0x7D]),
        JSONCase("a byte order mark inside", bytes: [0x5B, 0xEF, 0xBB, 0xBF, 0x5D]),
        JSONCase("NUL after the document", bytes: [0x31, 0x00]),
        JSONCase("NUL before the document", bytes: [0x00, 0x31]),
        JSONCase("NUL outside a string", bytes: [0x5B, 0x00, 0x5D]),
        JSONCase("a lone continuation byte", inString: [0x81]),
        JSONCase("an overlong slash of two bytes", inString: [0xC0, 0xAF]),
        JSONCase("an overlong slash of three bytes", inString: [0xE0, 0x80, 0xAF]),
        JSONCase("an overlong NUL of six bytes", inString: [0xFC, 0x83, 0xBF, 0xBF, 0xBF, 0xBF]),
        JSONCase("a surrogate in three bytes", inString: [0xED, 0xA0, 0x80]),
        JSONCase("beyond U+10FFFF", inString: [0xF4, 0x90, 0x80, 0x80]),
        JSONCase("a lead byte without its rest", inString: [0xE5, 0xA4]),
    ]

    static let invalidStructure =
        [
            "", " ", "<.>", "[<null>]", "[1]x", "[1]]", "[\"asd]", "aå", "[True]", "1]",
            "{\"x\": true,", "[][]",
            "2@", "{}}", "{\"\":", "{\"a\":/*comment*/\"b\"}", "{\"a\": true} \"x\"", "['", "[,",
            "[{", "[\"a",
            "[\"a\"", "{,", "{[", "{\"a", "{'a'", "*", "{\"a\":\"b\"}#{}", "[\\u000A\"\"]", "[1",
            "[ false, nul",
            "[ true, fals", "[ false, tru", "{\"asd\":\"asd\"", "å", "\u{2060}", "[\u{2060}]",
            "[\u{0C}]",
            "fals", "nul", "tru", "nulll", "truefalse", "TRUE", "None", "undefined", "// x\n1",
            "\u{A0}1",
            "[\u{A0}1]", "1 2", "\"a\" \"b\"", "{} {}", "null,", ":", ",", "\u{1E}1",
        ].map { JSONCase("the text \($0)", $0) }

    static let invalidDepth = [
        JSONCase("100,000 opening brackets", String(repeating: "[", count: 100_000)),
        JSONCase("100,000 arrays inside one another", nested(100_000)),
        JSONCase("50,000 objects in arrays", String(repeating: "[{\"\":", count: 50_000)),
        JSONCase("one deeper than the limit", nested(65)),
    ]
}
