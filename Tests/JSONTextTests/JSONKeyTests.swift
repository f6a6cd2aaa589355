import JSONText
import Testing

@Suite("JSONKey")
struct JSONKeyTests {
    private func key(_ token: String) throws -> JSONKey {
        var reader = try JSONReader(Array("{\"\(token)\":0}".utf8))
        try reader.beginObject()
        return try #require(try reader.nextKey())
    }

    @Test(
        "A key equals its text, with or without escapes",
        arguments: ["name", #"n\u0061me"#, #"\u006Eame"#]
    )
    func escapes(_ token: String) throws {
        let key = try key(token)
        #expect(key == "name")
        #expect(!(key == "nam") && !(key == "names") && !(key == "namE") && !(key == ""))
    }

    @Test("An empty key and a key of one letter compare like any other")
    func short() throws {
        #expect(try key("") == "")
        #expect(try key("a") == "a")
        #expect(try key(#"\u0061"#) == "a")
    }

    @Test("Keys compare by their bytes: a composed letter is not a decomposed one")
    func canonical() throws {
        #expect(try key("é") == "\u{E9}")
        #expect(try key(#"\u00e9"#) == "\u{E9}")
        #expect(try !(key("e\u{301}") == "\u{E9}"))
        #expect(try !(key(#"e\u0301"#) == "\u{E9}"))
    }

    @Test("A switch over a key finds its case")
    func matching() throws {
        switch try key(#"a\/b"#) {
        case "a": Issue.record("a prefix matched")
        case "a/b": break
        default: Issue.record("the key was not found")
        }
    }
}
