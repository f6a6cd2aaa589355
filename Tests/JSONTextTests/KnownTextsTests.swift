import JSONText
import TestKit
import Testing

@Suite("KnownTexts")
struct KnownTextsTests {
    /// The strings of an array; of what is no string `nil`.
    private static func read(
        _ array: String,
        sharing texts: inout KnownTexts
    ) throws -> [String?] {
        var reader = try JSONReader(Array(array.utf8))
        var found: [String?] = []
        try reader.beginArray()
        while try reader.nextElement() {
            let text = try reader.readStringIfNext(sharing: &texts)
            if text == nil { try reader.skipValue() }
            found.append(text)
        }
        try reader.finish()
        return found
    }

    @Test("Texts are what they are, however often they come and whatever came before")
    func texts() throws {
        var random = SplitMix(seed: 7)
        var texts = KnownTexts()
        let letters = ["a", "b", "é", "镜", "😀", #"\n"#, #"\u0041"#, " "]
        for _ in 0..<300 {
            let array = (0..<8).map { _ in
                let length = random.next() % (random.next() % 2 == 0 ? 5 : 150)
                return (0..<length).map { _ in letters[Int(random.next() % 8)] }.joined()
            }
            let json = "[" + array.map { "\"\($0)\"" }.joined(separator: ", ") + ", 7]"
            var fresh = KnownTexts()
            let expected = try JSONValue(parsing: Array(json.utf8))
            guard case .array(let values) = expected else { throw JSONError(.wrongType, at: 0) }
            let strings = values.map { value -> String? in
                guard case .string(let text) = value else { return nil }
                return text
            }
            for _ in 0..<2 {
                #expect(try Self.read(json, sharing: &texts) == strings)
                #expect(try Self.read(json, sharing: &fresh) == strings)
            }
        }
    }

    @Test("Texts that differ in any byte are told apart, whatever their length")
    func likeTexts() throws {
        var texts = KnownTexts()
        for length in 0...130 {
            let text = String(repeating: "x", count: length)
            let others = (0..<length).map { place in
                String(repeating: "x", count: place) + "y"
                    + String(repeating: "x", count: length - place - 1)
            }
            for one in [text] + others {
                #expect(try Self.read("[\"\(one)\"]", sharing: &texts) == [one])
            }
        }
    }

    @Test("What is no text is an error as ever", arguments: ["[\"a", "[\"a\u{1}\"]", "[\"\\x\"]"])
    func errors(json: String) {
        var texts = KnownTexts()
        #expect(throws: JSONError.self) { _ = try Self.read(json, sharing: &texts) }
    }
}
