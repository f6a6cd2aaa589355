import JSONText
import TestKit
import Testing

@Suite("JSONWriter")
struct JSONWriterTests {
    @Test("Every character up to U+FFFF and some beyond are read back as they were written")
    func characters() throws {
        for first in stride(from: UInt32(0), to: 0x1_0000, by: 64) {
            try roundTrip((first..<first + 64).compactMap(Unicode.Scalar.init))
        }
        try roundTrip([0x1_0000, 0x1_F600, 0x10_FFFF].compactMap(Unicode.Scalar.init))
    }

    private func roundTrip(_ scalars: [Unicode.Scalar]) throws {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        var writer = JSONWriter()
        writer.object { $0.member(String(view), String(view)) }
        let members = try #require(try JSONValue(parsing: writer.bytes).objectValue)
        #expect(members[0].key.unicodeScalars.elementsEqual(view))
        #expect(members[0].value.stringValue?.unicodeScalars.elementsEqual(view) == true)
    }

    @Test("Random trees are read back as they were written")
    func trees() throws {
        var random = SplitMix(seed: 11)
        for _ in 0..<500 {
            let tree = Self.tree(&random, depth: 5)
            var writer = JSONWriter()
            tree.write(to: &writer)
            #expect(try JSONValue(parsing: writer.bytes) == tree)
        }
    }

    private static func tree(_ random: inout SplitMix, depth: Int) -> JSONValue {
        let count = Int(random.next() % 4)
        switch random.next() % (depth == 0 ? 4 : 6) {
        case 0: return .null
        case 1: return .bool(random.next() % 2 == 0)
        case 2: return .number(String(Int64(bitPattern: random.next())))
        case 3: return .string(["", "a\"b", "\\\n\u{1}\u{7F}", "镜像 😀"][count])
        case 4: return .array((0..<count).map { _ in tree(&random, depth: depth - 1) })
        default:
            return .object((0..<count).map { .init("k\($0)\t", tree(&random, depth: depth - 1)) })
        }
    }

    @Test("Commas stand between members and elements and nowhere else")
    func commas() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", 1)
            writer.member("b", [String]())
            writer.member("c", ["x", "y"])
            writer.member("d", nil as String?)
            writer.member("e", optional: nil as Int?)
            writer.member("f", optional: 2)
            writer.member("g", true)
            writer.key("h")
            writer.array { writer in
                writer.object { _ in }
                writer.array { _ in }
                writer.raw("1.50".utf8)
            }
        }
        let expected =
            #"{"a":1,"b":[],"c":["x","y"],"d":null,"e":null,"f":2,"g":true,"h":[{},[],1.50]}"#
        #expect(writer.text == expected)
    }

    @Test("The ends of the integer types are written in full")
    func integers() {
        var writer = JSONWriter()
        writer.array { writer in
            writer.integer(Int64.min)
            writer.integer(UInt64.max)
        }
        #expect(writer.text == "[-9223372036854775808,18446744073709551615]")
    }
}
