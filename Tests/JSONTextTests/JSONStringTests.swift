import JSONText
import TestKit
import Testing

/// Strings are scanned eight bytes at a time, so every length and every place counts.
@Suite("Strings of JSONReader")
struct JSONStringTests {
    @Test("A string of any length ends at its quote, wherever the document ends")
    func lengths() throws {
        for count in 0...40 {
            for padding in 0...9 {
                let text = String("abcdefghijklmnopqrstuvwxyz0123456789+-*/".prefix(count))
                let bytes = Array("\"\(text)\"".utf8) + Array(repeating: 0x20, count: padding)
                var reader = try JSONReader(bytes)
                #expect(try reader.readString() == text)
                #expect(reader.offset == count + 2)
                try reader.finish()
            }
        }
    }

    @Test("Every byte in every place of a string is taken as the grammar says")
    func bytes() throws {
        for byte in UInt8.min..<0x80 {
            for place in 0..<17 {
                var bytes = Array("\"0123456789abcdefg\"   ".utf8)
                bytes[place + 1] = byte
                var reader = try JSONReader(bytes)
                switch byte {
                case 0..<0x20:
                    let error = JSONError(.controlCharacter, at: place + 1)
                    #expect(throws: error) { try reader.readString() }
                case 0x22: #expect(try reader.readString().utf8.count == place)
                case 0x5C:
                    #expect(
                        (try? reader.readString()) == nil
                            || "\"/\\bfnrtu".utf8.contains(bytes[place + 2])
                    )
                default:
                    let text = try reader.readString()
                    #expect(Array(text.utf8) == Array(bytes[1..<18]))
                }
            }
        }
    }

    @Test("Letters beyond ASCII in any place keep their bytes")
    func beyondASCII() throws {
        for place in 0..<17 {
            for letter in ["é", "镜", "😀"] {
                let text = String(repeating: "a", count: place) + letter + "bcdefgh"
                var reader = try JSONReader(Array("\"\(text)\"".utf8))
                let read = try reader.readString()
                #expect(Array(read.utf8) == Array(text.utf8))
                #expect(read == text && read.hashValue == text.hashValue)
            }
        }
    }

    @Test("Escapes of every length mean their characters, alone and among others")
    func escapes() throws {
        let escapes: [(String, String)] = [
            (#"\n"#, "\n"), (#"\/"#, "/"), (#"\u0000"#, "\u{0}"), (#"\u007f"#, "\u{7F}"),
            (#"\u00E9"#, "é"), (#"\u955C"#, "镜"), (#"\ud83d\ude00"#, "😀"), (#"\uD83D"#, "\u{FFFD}"),
            (#"\ude00"#, "\u{FFFD}"), (#"\ud83d\u0041"#, "\u{FFFD}A"),
        ]
        for (escape, meaning) in escapes {
            for padding in ["", "a", "0123456789abcdef", "镜像"] {
                for count in 1...3 {
                    let token = String(repeating: escape + padding, count: count)
                    let expected = String(repeating: meaning + padding, count: count)
                    var reader = try JSONReader(Array("[\"\(token)\",\"\(token)\"]".utf8))
                    try reader.beginArray()
                    #expect(try reader.nextElement())
                    #expect(Array(try reader.readString().utf8) == Array(expected.utf8))
                    #expect(try reader.nextElement())
                    let bytes = try reader.readStringIfNext { bytes in
                        bytes.indices.map { bytes[$0] }
                    }
                    #expect(bytes == Array(expected.utf8))
                }
            }
        }
    }

    @Test("A string's bytes are handed over as they are meant")
    func borrowed() throws {
        var reader = try JSONReader(Array(#"["plain","\u0041\n",""]"#.utf8))
        try reader.beginArray()
        var texts: [[UInt8]] = []
        while try reader.nextElement() {
            _ = try reader.readStringIfNext { bytes in
                texts.append(bytes.indices.map { bytes[$0] })
            }
        }
        #expect(texts == [Array("plain".utf8), [0x41, 0x0A], []])
    }
}
