import JSONText
import Testing

@Suite("JSONWord")
struct JSONWordTests {
    private func word(_ text: String) -> JSONWord { JSONWord(text.utf8.span) }

    private func word(_ bytes: [UInt8]) -> JSONWord { JSONWord(bytes.span) }

    @Test("A word of any length equals its literal and no other")
    func lengths() {
        let all = "abcdefghijklmnopqrstuvwxyz012345678"
        #expect(word("") == "")
        #expect(word("a") == "a")
        #expect(word("abcdefgh") == "abcdefgh")
        #expect(word("abcdefghi") == "abcdefghi")
        #expect(word("abcdefghijklmnop") == "abcdefghijklmnop")
        #expect(word("abcdefghijklmnopq") == "abcdefghijklmnopq")
        #expect(word("abcdefghijklmnopqrstuvwx") == "abcdefghijklmnopqrstuvwx")
        #expect(word("abcdefghijklmnopqrstuvwxy") == "abcdefghijklmnopqrstuvwxy")
        #expect(word("abcdefghijklmnopqrstuvwxyz012345") == "abcdefghijklmnopqrstuvwxyz012345")
        for count in 0...35 where count != 32 {
            #expect(!(word(String(all.prefix(count))) == "abcdefghijklmnopqrstuvwxyz012345"))
        }
    }

    @Test("A change of any single byte makes another word")
    func changes() {
        let text = Array("abcdefghijklmnopqrstuvwxyz012345".utf8)
        for index in text.indices {
            var changed = text
            changed[index] ^= 1
            #expect(!(word(changed) == "abcdefghijklmnopqrstuvwxyz012345"))
            #expect(!(word(Array(changed.prefix(7))) == "abcdefg") == (index < 7))
        }
    }

    @Test("Every byte changes its case as ASCII does, in every place")
    func cases() {
        for byte in UInt8.min...UInt8.max {
            let lower = (65...90).contains(byte) ? byte | 0x20 : byte
            for place in 0..<9 {
                var text = Array("012345678".utf8)
                text[place] = byte
                let isSame = word(text).lowercasedASCII == "012345678"
                #expect(isSame == (lower == UInt8(48 + place)))
            }
        }
        #expect(word("LeGaCy").lowercasedASCII == "legacy")
        #expect(word("PRIVATE_IMAGE_OF_SOMEBODY").lowercasedASCII == "private_image_of_somebody")
    }

    @Test("A missing word matches nothing, not even the empty literal")
    func missing() {
        let word: JSONWord? = nil
        #expect(!(word == "") && !(word == "a"))
        switch word {
        case "": Issue.record("nil matched")
        default: break
        }
    }

    @Test("Words are read from members, with and without escapes")
    func members() throws {
        var reader = try JSONReader(Array(#"["active","a\u0063tive",1]"#.utf8))
        try reader.beginArray()
        for _ in 0..<2 {
            #expect(try reader.nextElement())
            #expect(try reader.readWordIfNext() == "active")
        }
        #expect(try reader.nextElement())
        #expect(try reader.readWordIfNext() == nil)
        #expect(try reader.readInteger() == 1)
    }
}
