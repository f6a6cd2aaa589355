import JSONText
import TestKit
import Testing

@Suite("Key order")
struct KeyOrderTests {
    private static let keys = [
        "a", "id", "eightlet", "ninelette", "sixteen_letters_", "seventeen_letters",
        "thirty_two_bytes_of_one_long_key", "thirty_three_bytes_of_one_long_ke", "名称", "",
        #"quo\"te"#, #"\u0069d"#, "tab\\t",
    ]

    /// The keys of all objects of a list, as they are read in order, and the number each is given.
    private static func read(_ text: String) throws(JSONError) -> [String] {
        var reader = try JSONReader(Array(text.utf8))
        var order = KeyOrder()
        var keys: [String] = []
        var meanings: [String] = []
        try reader.beginArray()
        while try reader.nextElement() {
            try reader.beginObject()
            while let number = try reader.nextKey(
                &order,
                { _ in
                    // A key that is new, or not where it is expected.
                    meanings.append("")
                    return UInt8(meanings.count - 1)
                }
            ) {
                let key = reader.keyText
                if meanings[Int(number)].isEmpty { meanings[Int(number)] = key }
                #expect(meanings[Int(number)] == key)
                keys.append(key)
                try reader.skipValue()
            }
        }
        try reader.finish()
        return keys
    }

    private static func readPlainly(_ text: String) throws(JSONError) -> [String] {
        var reader = try JSONReader(Array(text.utf8))
        var keys: [String] = []
        try reader.beginArray()
        while try reader.nextElement() {
            try reader.beginObject()
            while try reader.nextKey() != nil {
                keys.append(reader.keyText)
                try reader.skipValue()
            }
        }
        try reader.finish()
        return keys
    }

    @Test("Objects with members in any order, some left out, read as without an order")
    func anyOrder() throws {
        var random = SplitMix(seed: 11)
        for _ in 0..<300 {
            let objects = (0..<5).map { _ in
                let members = Self.keys.shuffled(using: &random).prefix(
                    Int.random(in: 0...13, using: &random)
                )
                return "{" + members.map { "\"\($0)\":[\"\($0)\"]" }.joined(separator: ",") + "}"
            }
            let text = "[" + objects.joined(separator: ",") + "]"
            #expect(try Self.read(text) == Self.readPlainly(text))
        }
    }

    @Test("A list with blanks reads as without an order")
    func blanks() throws {
        let text = #"[ { "id" : 1 , "name" : 2 }, {"id": 1, "name": 2} , {"id":1 ,"name":2}]"#
        #expect(try Self.read(text) == ["id", "name", "id", "name", "id", "name"])
    }

    @Test("Each end of a text is refused as without an order")
    func prefixes() {
        let object = #"{"id":1,"ninelette":"x","thirty_two_bytes_of_one_long_key":[]}"#
        let text = Array("[\(object),\(object),\(object)]".utf8)
        for count in text.indices {
            let prefix = String(decoding: text[..<count], as: UTF8.self)
            #expect(throws: JSONError.self) { try Self.read(prefix) }
        }
    }

    @Test("A key that needs escapes is not found where it stands without them")
    func escapes() {
        let text = #"[{"a\"b":1},{"a"b":1,"more":"than as many bytes as one key may have"}]"#
        #expect(throws: JSONError.self) { try Self.read(text) }
    }

    @Test("More keys than are remembered are read")
    func manyKeys() throws {
        let members = (0..<KeyOrder.countMax * 2).map { "\"key\($0)\":0" }.joined(separator: ",")
        let text = "[{\(members)},{\(members)}]"
        var reader = try JSONReader(Array(text.utf8))
        var order = KeyOrder()
        var count = 0
        try reader.beginArray()
        while try reader.nextElement() {
            try reader.beginObject()
            while try reader.nextKey(&order, { _ in 0 }) != nil {
                count += 1
                try reader.skipValue()
            }
        }
        #expect(count == KeyOrder.countMax * 4)
    }

    @Test(
        "An order is unsteady once a key stands elsewhere or finds no room",
        arguments: [
            (#"[{"a":1,"b":2},{"a":1,"b":2},{"b":2}]"#, false),
            (#"[{"a":1,"b":2},{"b":2,"a":1}]"#, true),
            (#"[{"a":1,"a":1}]"#, true),
            (
                "[{" + (0...KeyOrder.countMax).map { "\"k\($0)\":0" }.joined(separator: ",") + "}]",
                true
            ),
        ]
    )
    func unsteady(text: String, isUnsteady: Bool) throws {
        // So far from the end that keys are looked for where they are expected.
        var reader = try JSONReader(
            Array(text.utf8) + Array(repeating: UInt8(ascii: " "), count: 40)
        )
        var order = KeyOrder()
        try reader.beginArray()
        while try reader.nextElement() {
            try reader.beginObject()
            while try reader.nextKey(&order, { _ in 0 }) != nil { try reader.skipValue() }
        }
        #expect(order.isUnsteady == isUnsteady)
    }

    @Test("A blank, a control character or DEL is found at every place", arguments: 0..<20)
    func withoutBlanks(place: Int) {
        for byte in UInt8.min...UInt8.max {
            var text = Array(repeating: UInt8(ascii: "x"), count: 20)
            text[place] = byte
            #expect(text.span.isWithoutBlanks == (byte > 0x20 && byte != 0x7F))
        }
    }
}
