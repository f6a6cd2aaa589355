import Testing

@testable import Configuration

@Suite("Syntax problems")
struct SyntaxProblemTests {
    @Test(
        "A text that is no JSON5 has one error, placed, in a sentence",
        arguments: [
            ("{\n  a: 1\n  b: 2\n}", "3:3: error: a comma or \"}\" is missing before \"b\""),
            ("{ a 1 }", "1:5: error: a colon must stand between key and value"),
            ("{\n  a: [1,\n", "3:1: error: the text ends inside the list that opens on line 2"),
            ("{ a: 'x\n }", "1:6: error: this string has no closing quote on its line"),
            ("{ é: 'x', b: yes }", "1:14: error: this word is not a value; texts need quotes"),
            ("{ a: 10m }", "1:6: error: this is not a number; texts need quotes"),
            ("{ a: }", "1:6: error: a value is expected, not \"}\""),
            ("{ a: 1 } x", "1:10: error: there is more text after the end of the document"),
            ("{ /* a: 1 }", "1:3: error: this comment has no end; close it with */"),
            ("{ a-b: 1 }", "1:4: error: a colon must stand between key and value"),
            ("", "1:1: error: a value is expected, not the end of the text"),
            ("{ a: 'x\\u0000' }", "1:8: error: no text may hold the character NUL"),
            ("{ 'lo\\x00ops': 1 }", "1:6: error: no text may hold the character NUL"),
        ]
    )
    func sentences(text: String, problem: String) {
        #expect(LoaderHarness().problems(text) == [problem])
    }

    @Test("CR, LF and CRLF end a line, and a byte order mark has no column")
    func lineEnds() {
        let problems = LoaderHarness().problems("\u{feff}{\r\n\r  a: ]\n}")
        #expect(problems == ["3:6: error: a value is expected, not \"]\""])
    }

    @Test("Bytes that are not UTF-8 are an error at their place")
    func encoding() {
        let loader = ConfigurationLoader(
            descriptors: SampleProviders.all,
            environment: { _ in nil },
            readFile: { _ throws(ConfigurationFileFault) in [0x7B, 0x0A, 0x20, 0xFF, 0x7D] }
        )
        #expect(
            loader.load(path: "g.json5").problems.map(\.description)
                == ["g.json5:2:2: error: this is not UTF-8"]
        )
    }

    @Test("A file is read up to its bound and refused beyond it")
    func size() {
        let text = "{upstreams:[{id:'a',provider:'gmi',credentials:{token:'t'}}]}"
        for excess in [-1, 0, 1] {
            let padding = String(
                repeating: " ",
                count: JSON5Document.bytesMax - text.utf8.count + excess
            )
            let loaded = LoaderHarness().load(text + padding)
            #expect((loaded.configuration != nil) == (excess <= 0))
        }
    }

    @Test(
        "A file that cannot be read is an error that says why",
        arguments: ConfigurationFileFault.allCases
    )
    func unreadable(fault: ConfigurationFileFault) {
        let loader = ConfigurationLoader(
            descriptors: [],
            environment: { _ in nil },
            readFile: { _ throws(ConfigurationFileFault) in throw fault }
        )
        let loaded = loader.load(path: "g.json5")
        #expect(loaded.configuration == nil)
        #expect(
            loaded.problems.map(\.description) == ["g.json5:1:1: error: the file \(fault.message)"]
        )
    }

    @Test("The loader's own file reading tells missing files and folders apart")
    func files() throws {
        #expect(throws: ConfigurationFileFault.missing) {
            try ConfigurationFiles.contents(of: "/nonexistent/gateway.json5")
        }
        #expect(throws: ConfigurationFileFault.folder) {
            try ConfigurationFiles.contents(of: "/")
        }
        #expect(throws: ConfigurationFileFault.special) {
            try ConfigurationFiles.contents(of: "/dev/null")
        }
        #expect(try !ConfigurationFiles.contents(of: #filePath).isEmpty)
    }

    @Test("A document that is no object is an error")
    func notAnObject() {
        for text in ["[]", "1", "null", "'x'"] {
            #expect(LoaderHarness().load(text).errors.count == 1)
        }
    }
}
