/// What every reader must accept (RFC 8259).
extension JSONCase {
    static let valid = validStructure + validNumbers + validObjects + validStrings + validCharacters

    static let validStructure = [
        JSONCase("blanks around nested arrays", "[[]   ]"),
        JSONCase("an array of one empty string", "[\"\"]"),
        JSONCase("an empty array", "[]"),
        JSONCase("a newline after the document", "[\"a\"]\n"),
        JSONCase("false in an array", "[false]"),
        JSONCase("kinds side by side", "[null, 1, \"1\", {}]"),
        JSONCase("null in an array", "[null]"),
        JSONCase("a newline before the closing bracket", "[1\n]"),
        JSONCase("a blank before the document", " [1]"),
        JSONCase("many nulls", "[1,null,null,null,2]"),
        JSONCase("a blank after the document", "[2] "),
        JSONCase("true in an array", "[true]"),
        JSONCase("all four blanks everywhere", "\t\r\n [\t1\r,\n2 ]\t\r\n "),
        JSONCase("blanks alone in an array", "[ \t\r\n]"),
        JSONCase("false alone", "false"),
        JSONCase("true alone", "true"),
        JSONCase("null alone", "null"),
        JSONCase("an integer alone", "42"),
        JSONCase("a negative fraction alone", "-0.1"),
        JSONCase("a string alone", "\"asd\""),
        JSONCase("an empty string alone", "\"\""),
        JSONCase("as deep as the standard limit", nested(64)),
    ]

    static let validNumbers = [
        "0", "-0", "-1", "-123", "123", "123.456789", "0e1", "0e+1", "0E-1", "1E22", "1E-2", "1E+2",
        "123e45", "123.456e78", "1e-2", "1e+2", "20e1", "-0.0", "0.5", "1.0e0", " 4", "1e00",
        "0.00",
        "-0.000000000000000000000000000000000000000000000000000000000000000000000000000001",
        "9223372036854775807", "-9223372036854775808", "9007199254740993", "10",
    ].map { JSONCase("the number \($0)", "[\($0)]") }

    static let validObjects = [
        JSONCase("two members", #"{"asd":"sdf", "dfg":"fgh"}"#),
        JSONCase("one member", #"{"a":[]}"#),
        JSONCase("a key twice", #"{"a":"b","a":"c"}"#),
        JSONCase("a member twice", #"{"a":"b","a":"b"}"#),
        JSONCase("an empty object", "{}"),
        JSONCase("an empty key", #"{"":0}"#),
        JSONCase("an escaped NUL in a key", #"{"foo\u0000bar": 42}"#),
        JSONCase("large exponents in members", #"{"min": -1.0e+28, "max": 1.0e+28}"#),
        JSONCase("long texts", "{\"x\":[{\"id\":\"\(String(repeating: "x", count: 5_000))\"}]}"),
        JSONCase("Cyrillic escapes", #"{"title":"\u041f\u043e\u043b"}"#),
        JSONCase("newlines between members", "{\n\"a\": \"b\"\n}"),
        JSONCase("blanks around a colon", "{\"a\" \t:\r\n 1}"),
    ]

    static let validStrings = [
        #"\u0060\u012a\u12AB"#, #"\uD801\udc37"#, #"\ud83d\ude39\ud83d\udc8d"#,
        #"\"\\\/\b\f\n\r\t"#, #"\\u0000"#, #"\""#, "a/*b*/c/*d//e", #"\\a"#, #"\\n"#, #"\u0012"#,
        #"\uFFFF"#, "asd", " ", #"\uDBFF\uDFFF"#, #"new\u00A0line"#, #"\u0000"#, #"\u002c"#,
        #"\u0821"#,
        #"\u0123"#, #"\u0061\u30af\u30EA\u30b9"#, #"new\u000Aline"#, #"\uA66D"#, #"\u005C"#,
        #"\u0022"#, #"\uDBFF\uDFFE"#, #"\uD83F\uDFFE"#, #"\u200B"#, #"\u2064"#, #"\uFDD0"#,
        #"\uFFFE"#,
        #"\uD834\uDd1e"#, #"\u00e9"#, "[{]}:,", #"\/"#,
    ].map { JSONCase("the string \($0)", "[\"\($0)\"]") }

    static let validCharacters: [JSONCase] = [
        JSONCase("DEL unescaped", inString: [0x7F]),
        JSONCase("U+0080, the first of two bytes", inString: [0xC2, 0x80]),
        JSONCase("U+07FF, the last of two bytes", inString: [0xDF, 0xBF]),
        JSONCase("U+0800, the first of three bytes", inString: [0xE0, 0xA0, 0x80]),
        JSONCase("U+D7FF, the last before the surrogates", inString: [0xED, 0x9F, 0xBF]),
        JSONCase("U+E000, the first after the surrogates", inString: [0xEE, 0x80, 0x80]),
        JSONCase("U+2028 and U+2029", inString: [0xE2, 0x80, 0xA8, 0xE2, 0x80, 0xA9]),
        JSONCase("U+FFFF, a noncharacter", inString: [0xEF, 0xBF, 0xBF]),
        JSONCase("U+FEFF inside a string", inString: [0xEF, 0xBB, 0xBF]),
        JSONCase("U+10000, the first of four bytes", inString: [0xF0, 0x90, 0x80, 0x80]),
        JSONCase("U+1BFFF, reserved", inString: [0xF0, 0x9B, 0xBF, 0xBF]),
        JSONCase("U+10FFFF, the last of all", inString: [0xF4, 0x8F, 0xBF, 0xBF]),
        JSONCase("pi and a clef", "[\"π𝄞\"]"),
        JSONCase("Chinese", "[\"公共镜像\"]"),
        JSONCase("a key beyond ASCII", "{\"键\":1}"),
    ]

    static func nested(_ depth: Int) -> String {
        String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
}
