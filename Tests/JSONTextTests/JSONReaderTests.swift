import JSONText
import TestKit
import Testing

@Suite("JSONReader")
struct JSONReaderTests {
    private static let rich = Array(
        #"{"a":[1,-2.5e+3,true,false,null,"x\n\u00e9\ud83d\ude00/"],"":{"k":{}, "l" : [[],{}]},"公":"镜像"}"#
            .utf8
    )

    @Test("Every truncated prefix of a document is an error")
    func prefixes() {
        for count in 0..<Self.rich.count {
            let prefix = Array(Self.rich.prefix(count))
            #expect(throws: JSONError.self) { try JSONValue(parsing: prefix) }
        }
    }

    @Test("Every change of a single byte is read or refused, the same way by both ways of walking")
    func mutations() throws {
        for index in Self.rich.indices {
            for byte in UInt8.min...UInt8.max {
                var bytes = Self.rich
                bytes[index] = byte
                let parsed = try? JSONValue(parsing: bytes)
                #expect((parsed == nil) == (Self.skipped(bytes) == nil))
            }
        }
    }

    @Test("Random tokens strung together never trap")
    func tokens() {
        let words = [
            "{", "}", "[", "]", ",", ":", "\"a\"", "1", "-", "tru", "null", "\\u", "\"", " ",
        ]
        var random = SplitMix(seed: 7)
        for _ in 0..<20_000 {
            let text = (0..<random.next() % 12).map { _ in words[Int(random.next() % 14)] }.joined()
            let parsed = try? JSONValue(parsing: Array(text.utf8))
            #expect((parsed == nil) == (Self.skipped(Array(text.utf8)) == nil))
        }
    }

    private static func skipped(_ bytes: [UInt8]) -> Range<Int>? {
        guard var reader = try? JSONReader(bytes), let range = try? reader.skipValue(),
            (try? reader.finish()) != nil
        else { return nil }
        return range
    }

    @Test("Nesting is refused one beyond the limit", arguments: [1, 2, 64, 5_000])
    func depth(_ limit: Int) throws {
        let limits = JSONLimits(depthMax: limit)
        for depth in [limit - 1, limit] where depth > 0 {
            var reader = try JSONReader(Array(JSONCase.nested(depth).utf8), limits: limits)
            #expect(try reader.skipValue() == 0..<2 * depth)
        }
        var reader = try JSONReader(Array(JSONCase.nested(limit + 1).utf8), limits: limits)
        #expect(throws: JSONError(.tooDeep, at: limit)) { try reader.skipValue() }
    }

    @Test("Siblings do not add to the depth")
    func siblings() throws {
        let limits = JSONLimits(depthMax: 2)
        let bytes = Array("[[],{},[1],{\"a\":2},[],[]]".utf8)
        #expect(try JSONValue(parsing: bytes, limits: limits).arrayValue?.count == 6)
    }

    @Test("A text is refused one byte beyond the limit")
    func byteCount() throws {
        let limits = JSONLimits(byteCountMax: 4)
        #expect(try JSONValue(parsing: Array("123".utf8), limits: limits) == .number("123"))
        #expect(try JSONValue(parsing: Array("1234".utf8), limits: limits) == .number("1234"))
        #expect(throws: JSONError(.tooLarge, at: 4)) {
            try JSONValue(parsing: Array("12345".utf8), limits: limits)
        }
    }

    @Test(
        "A skipped value's range holds exactly that value",
        arguments: [
            "1", "-1.5e9", "\"a\\\"]\"", "true", "null", "[1, [2]]", "{ \"a\" : {} }", "[]",
        ]
    )
    func ranges(_ value: String) throws {
        var reader = try JSONReader(Array("{ \"k\" :\n \(value) \t, \"next\":0}".utf8))
        try reader.beginObject()
        #expect(try reader.nextKey() == "k" && reader.keyText == "k")
        let range = try reader.skipValue()
        #expect(String(decoding: reader.bytes(range), as: UTF8.self) == value)
        #expect(try reader.nextKey() == "next" && reader.keyText == "next")
        #expect(try reader.readInteger() == 0)
        #expect(try reader.nextKey() == nil)
        try reader.finish()
    }

    @Test("An error names the byte at which the text goes wrong")
    func offsets() {
        let cases: [(String, JSONError)] = [
            ("[1,]", JSONError(.unexpectedByte, at: 3)), ("[1", JSONError(.unexpectedEnd, at: 2)),
            ("[nulL]", JSONError(.invalidLiteral, at: 1)),
            ("[01]", JSONError(.invalidNumber, at: 1)),
            ("\"\\x\"", JSONError(.invalidEscape, at: 1)), ("1 x", JSONError(.trailingText, at: 2)),
            ("\"\u{1}\"", JSONError(.controlCharacter, at: 1)),
        ]
        for (text, error) in cases {
            #expect(throws: error) { try JSONValue(parsing: Array(text.utf8)) }
        }
        #expect(throws: JSONError(.invalidUTF8, at: 1)) {
            _ = try JSONReader([0x22, 0xFF, 0x22])
        }
    }

    @Test("A value of another type is refused and stays unread")
    func types() throws {
        var reader = try JSONReader(Array("\"7\"".utf8))
        #expect(throws: JSONError(.wrongType, at: 0)) { try reader.readBool() }
        #expect(throws: JSONError(.wrongType, at: 0)) { try reader.readNumberText() }
        #expect(throws: JSONError(.wrongType, at: 0)) { try reader.beginArray() }
        #expect(try !reader.readNull())
        #expect(try reader.readString() == "7")
    }

    @Test("A number that comes next is read as it is written, wherever the text goes on")
    func numbers() throws {
        let numbers = [
            "0", "7", "40", "1234567", "12345678", "123456789", "-1", "0.5", "1.25", "1e3", "12E-1",
            "1234567.5", "1234567e1",
        ]
        for number in numbers {
            for tail in ["]", " ]", ",1]", "\n, \"a longer text\"]"] {
                var reader = try JSONReader(Array("[ \(number)\(tail)".utf8))
                try reader.beginArray()
                #expect(try reader.nextElement())
                #expect(try reader.readNumberTextIfNext() == number)
                while try reader.nextElement() { try reader.skipValue() }
                try reader.finish()
            }
        }
        for wrong in ["01", "-", "1.", "1e", "1.e3", "00000000", "12a"] {
            #expect(throws: JSONError.self) {
                try JSONValue(parsing: Array("[\(wrong), \"a longer text\"]".utf8))
            }
        }
        var reader = try JSONReader(Array("\"7\"".utf8))
        #expect(try reader.readNumberTextIfNext() == nil)
        #expect(try reader.readString() == "7")
    }

    @Test("Integers of 64 bits are exact; other numbers are no integers")
    func integers() throws {
        let cases: [(String, Int64?)] = [
            ("9223372036854775807", .max), ("-9223372036854775808", .min), ("0", 0), ("-0", 0),
            ("9223372036854775808", nil), ("1.0", nil), ("1e3", nil),
        ]
        for (text, expected) in cases {
            var reader = try JSONReader(Array(text.utf8))
            #expect(try reader.readInteger() == expected)
        }
    }

    @Test(
        "An object is skipped where its bytes stand next, blanks before it or not, and nowhere else"
    )
    func known() throws {
        let object = Array(#"{"a":[1,{"b":"12345678"}]}"#.utf8)
        var longer = object
        longer.insert(UInt8(ascii: "1"), at: 6)
        let text = Array("[ ".utf8) + object + Array(", ".utf8) + longer + Array("]".utf8)
        for index in object.indices {
            var other = object
            other[index] ^= 1
            var reader = try JSONReader(text, after: other)
            try reader.beginArray()
            _ = try reader.nextElement()
            let isSkipped = reader.skip(known: 0..<other.count)
            #expect(!isSkipped)
        }
        let earlier = object + longer + text
        var reader = try JSONReader(text, after: earlier)
        try reader.beginArray()
        _ = try reader.nextElement()
        var skipped = [reader.skip(known: 0..<object.count)]
        _ = try reader.nextElement()
        skipped.append(reader.skip(known: 0..<object.count))
        skipped.append(reader.skip(known: object.count..<earlier.count))
        skipped.append(reader.skip(known: object.count..<object.count + longer.count))
        #expect(skipped == [true, false, false, true])
        let isOver = try !reader.nextElement()
        #expect(isOver)
        try reader.finish()
    }

    @Test("Objects of the text before are found wherever one of them grew, shrank or is another")
    func knownAround() throws {
        let objects = (0..<5).map { Array(#"{"id":\#($0),"name":"Ubuntu 公共镜像"}"#.utf8) }
        let earlier = KnownTextCase(objects)
        for changed in objects.indices {
            for name in ["", "Ubuntu 公共镜像 2", "Ubuntu 公共镜僐", "Ubuntu", "éé😀"] {
                var others = objects
                others[changed] = Array(#"{"id":\#(changed),"name":"\#(name)"}"#.utf8)
                var reader = try JSONReader(KnownTextCase(others).bytes, after: earlier.bytes)
                try reader.beginArray()
                for (number, range) in earlier.ranges.enumerated() {
                    #expect(try reader.nextElement())
                    let isSkipped = reader.skip(known: range)
                    #expect(isSkipped == (number != changed), "\(number) with \(name)")
                    if !isSkipped { try reader.skipValue() }
                }
                #expect(try !reader.nextElement())
                try reader.finish()
            }
        }
    }

    @Test("Invalid UTF-8 is found beside what is known, wherever it stands")
    func knownInvalid() throws {
        let text = Array(#"["a","公共镜像😀é","b"]"#.utf8)
        for index in text.indices {
            for byte in [0x80, 0xBF, 0xC3, 0xE5, 0xF0, 0xFF] as [UInt8] {
                var other = text
                other[index] = byte
                let isValid = (try? UTF8Span(validating: other.span)) != nil
                let isRead = (try? JSONReader(other, after: text).offset) != nil
                #expect(isRead == isValid, "\(byte) at \(index)")
                let cut = Array(text[..<index])
                let isCutValid = (try? UTF8Span(validating: cut.span)) != nil
                let isCutRead = (try? JSONReader(cut, after: text).offset) != nil
                #expect(isCutRead == isCutValid, "\(index)")
            }
        }
    }

    @Test("A scalar reads as text; null and containers as nothing")
    func scalars() throws {
        let expected: [String?] = ["a", "1.50", "true", "false", nil, nil, nil]
        var reader = try JSONReader(Array("[\"a\",1.50,true,false,null,[1],{\"b\":2}]".utf8))
        try reader.beginArray()
        for text in expected {
            #expect(try reader.nextElement())
            #expect(try reader.readScalarText() == text)
        }
        #expect(try !reader.nextElement())
    }
}

/// An array of objects, and where they stand.
private struct KnownTextCase {
    private(set) var bytes = Array("[".utf8)
    private(set) var ranges: [Range<Int>] = []

    init(_ objects: [[UInt8]]) {
        for object in objects {
            if !ranges.isEmpty { bytes += ",".utf8 }
            ranges.append(bytes.count..<bytes.count + object.count)
            bytes += object
        }
        bytes += "]".utf8
    }
}
