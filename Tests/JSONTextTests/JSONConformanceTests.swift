import JSONText
import Testing

@Suite("JSON by RFC 8259")
struct JSONConformanceTests {
    @Test("A valid text is read, skipped as a whole and written back", arguments: JSONCase.valid)
    func valid(_ item: JSONCase) throws {
        let value = try JSONValue(parsing: item.bytes)
        var writer = JSONWriter()
        value.write(to: &writer)
        #expect(try JSONValue(parsing: writer.bytes) == value)
        var reader = try JSONReader(item.bytes)
        let range = try reader.skipValue()
        try reader.finish()
        #expect(try JSONValue(parsing: Array(item.bytes[range])) == value)
    }

    @Test("An invalid text is refused, read or skipped", arguments: JSONCase.invalid)
    func invalid(_ item: JSONCase) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: item.bytes) }
        #expect(throws: JSONError.self) {
            var reader = try JSONReader(item.bytes)
            try reader.skipValue()
            try reader.finish()
        }
    }

    @Test("A number beyond every machine type is kept as written", arguments: JSONCase.freeNumbers)
    func numbers(_ item: JSONCase) throws {
        let text = String(decoding: item.bytes, as: UTF8.self)
        #expect(try JSONValue(parsing: item.bytes) == .number(text))
        var reader = try JSONReader(item.bytes)
        #expect(try reader.readInteger() == nil)
    }

    @Test("Half a surrogate pair reads as U+FFFD", arguments: JSONCase.freeStrings)
    func surrogates(_ item: JSONCase, reads expected: String) throws {
        let text = try JSONValue(parsing: item.bytes).stringValue ?? ""
        #expect(text.unicodeScalars.elementsEqual(expected.unicodeScalars))
    }

    @Test("What the RFC leaves free and we do not want is refused", arguments: JSONCase.freeRefused)
    func refused(_ item: JSONCase) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: item.bytes) }
    }
}
