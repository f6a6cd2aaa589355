import FoundationEssentials
import Testing

@testable import Configuration

@Suite("JSON5Scanner")
struct JSON5ScannerTests {
    private static let valid = [
        "{}", "[]", "{a:1,}", "[1,]", "'x'", "+1", ".5", "5.", "0x1F", "-0x10", "Infinity", "-NaN",
        "{'\\x41':[{b:{c:[[],{}]}}]}", "{\"\\u0061\":1}", "{\"\":{\"\":1}}", "// c\n1", "/**/1//",
        "{$a_:1,é:2,ⅳ:3,a\u{300}:4,a\u{200c}b:5}", "{a /*c*/ : /*d*/ 1 /*e*/ , /*f*/ }",
        "\u{0b}1\u{0c}",
        "//x\r1", "{null:1,true:2,Infinity:3}", "[null,true,false]", "1.e5", "0e1", "1E+5", "-.5",
        "\"\\ud83d\\ude00\"", "'\\\"\\'\\/\\b\\f\\n\\r\\t\\\\'", "\"\u{7f}\u{2028}\"",
        "{a:1,a:{b:2},c:3}",
        "99999999999999999999", "{a:[{a:[{a:'a'}]}]}", "\r\n{\r\n}\r\n", "{\"a.b\":{\"c[0]\":1}}",
    ]

    private static let invalid = [
        "", " ", "{", "[", "{a", "{a:", "{a:1", "{a:1,", "[1", "[1,", "{,}", "[,]", "{a:1,,}",
        "[1,,2]",
        "{a:1 b:2}", "[1 2]", "1 2", "{a-b:1}", "{1a:2}", "{1:2}", "{:1}", "{😀:1}", "truex", "tru",
        "True", "nul", "undefined", "01", "-01", "--1", "+-1", "- 1", "1e", "0x", "0xZ", "0x1.5",
        "1.2.3",
        "5.e", "e5", ".", "-", "1a", "1_0", "infinity", "/", "/1", "/*/1", "1/*", "\"", "'", "\"a",
        "'a\"",
        "\"\t\"", "\"\n\"", "\"\u{1}\"", "\"\\q\"", "\"\\1\"", "\"\\u12\"", "\"\\uZZZZ\"",
        "\"\\x4\"",
        "\"\\ud800\"", "\"\\ude00\"", "\"\\ud800\\u0041\"", "\"\\", "{a:1}}", "]", "}", ":", ",",
        "{a::1}",
        "\u{a0}1", "{\"a\" 1}", "#1", "{a:=1}", "{a;1}",
    ]

    @Test("Scanner and decoder find the same paths in valid texts", arguments: valid)
    func agreement(text: String) throws {
        let bytes = Array(text.utf8)
        let index = try JSON5Scanner.index(of: bytes)
        let tree = try #require(DecoderOracle.tree(of: bytes))
        #expect(Set(index.places.keys) == DecoderOracle.paths(of: tree))
    }

    @Test(
        "What is no JSON5 is refused with a place within the text",
        arguments: invalid
    )
    func refusals(text: String) {
        let bytes = Array(text.utf8)
        do {
            _ = try JSON5Scanner.index(of: bytes)
            Issue.record("accepted")
        } catch {
            #expect((0...bytes.count).contains(error.offset))
        }
    }

    @Test(
        "Texts that the decoder reads otherwise than JSON5 says are refused",
        arguments: [
            "\"a\\\nb\"", "\"\\v\"", "\"\\0\"", "{\\u0061b:1}",
        ]
    )
    func stricter(text: String) {
        #expect(throws: JSON5SyntaxError.self) { try JSON5Scanner.index(of: Array(text.utf8)) }
    }

    /// What the scanner refuses never reaches the decoder, in the program and here: Foundation's decoder traps
    /// on some numbers that are none, such as `0Ex`.
    @Test("A damaged document that the scanner passes the decoder passes, with the same paths")
    func mutations() throws {
        let seed = UInt64.random(in: 0...(.max))
        var random = SeededGenerator(seed: seed)
        let sample = Array(Self.document.utf8)
        var passed = 0
        for _ in 0..<800 {
            let bytes = Mutation.mutated(sample, with: &random)
            guard let text = String(validating: bytes, as: UTF8.self) else { continue }
            guard let index = try? JSON5Scanner.index(of: bytes) else { continue }
            let paths = Set(index.places.keys)
            let tree = DecoderOracle.tree(of: bytes, allowsUnrepresentable: true)
            guard paths == tree.map({ DecoderOracle.paths(of: $0) }) else {
                Issue.record("seed \(seed): \(text)")
                return
            }
            passed += 1
        }
        #expect(passed > 20, "seed \(seed)")
    }

    @Test("Every truncated prefix of a document is refused without a trap")
    func prefixes() {
        let bytes = Array(Self.document.utf8.dropLast())
        for count in bytes.indices {
            #expect((try? JSON5Scanner.index(of: Array(bytes.prefix(count)))) == nil)
        }
    }

    @Test("Nesting is refused beyond its bound, however deep")
    func depth() throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array(
                (String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8
            )
        }
        for depth in [JSON5Scanner.depthMax - 1, JSON5Scanner.depthMax] {
            _ = try JSON5Scanner.index(of: nested(depth))
        }
        for depth in [JSON5Scanner.depthMax + 1, 100_000] {
            #expect(throws: JSON5SyntaxError.self) { try JSON5Scanner.index(of: nested(depth)) }
        }
    }

    @Test(
        "A key that stands twice keeps its first place, and what is under the second is not indexed"
    )
    func duplicates() throws {
        let index = try JSON5Scanner.index(of: Array("{a:{b:1},'a':{c:2}}".utf8))
        let path = ConfigurationPath.root.appending("a")
        #expect(index.duplicates == [.init(path: path, first: 1, second: 9)])
        #expect(index.places[path] == .init(key: 1, value: 3))
        #expect(index.places[path.appending("c")] == nil)
    }

    private static let document = """
        // comment
        { listen: { address: "127.0.0.1:8080", }, 'q': "\\u00e9\\n", list: [1, -2.5, .5, 0x1F, +Infinity,],
          nested: [[{ a: null, b: true }], [], {}], /* block */ "key with space": 'it''s', é: 1e3, }
        """.replacing("'it''s'", with: "'its'")
}
