import JSONText
import TestKit
import Testing
import Upstreams

/// An adapter remembers the keys and texts of pages that it has read; what a page says does not depend on them.
@Suite struct ReadBeforeTests {
    @Test(
        "A page reads the same whatever was read before: members in another order, more of them, none",
        arguments: AdapterCase.dialects
    )
    func anyPageBefore(instance: AdapterCase) throws {
        var generator = SplitMix(seed: 5)
        let seasoned = try instance.adapterForFixtures()
        for name in instance.pages {
            let bytes = try Fixtures.read("\(name).json")
            for _ in 0..<6 {
                let body = try Self.disturbed(bytes, instance, &generator)
                let response = UpstreamResponse(status: 200, body: body)
                let fresh = try instance.adapterForFixtures()
                let (one, other) = (
                    try fresh.decodePage(response, at: .first),
                    try seasoned.decodePage(response, at: .first)
                )
                #expect(other.images == one.images)
                #expect(other.drift.sorted() == one.drift.sorted())
                #expect(other.objects == one.objects)
            }
        }
    }

    /// The page with the members of its objects in any order and with others among them.
    private static func disturbed(
        _ body: [UInt8],
        _ instance: AdapterCase,
        _ generator: inout SplitMix
    ) throws -> [UInt8] {
        let page = try instance.adapterForFixtures()
            .decodePage(UpstreamResponse(status: 200, body: body), at: .first)
        var result = body
        for object in page.objects.reversed() {
            var members = try members(Array(body[object.range]))
            switch generator.next() % 4 {
            case 0: break
            case 1: members.shuffle(using: &generator)
            case 2: members.insert(Array(#""another":[1]"#.utf8), at: members.count / 2)
            default: members.append(Array("\"one_more_\(generator.next() % 9)\":{}".utf8))
            }
            let text = members.joined(separator: [UInt8(ascii: ",")])
            result.replaceSubrange(object.range, with: Array("{".utf8) + text + Array("}".utf8))
        }
        return result
    }

    private static func members(_ object: [UInt8]) throws -> [[UInt8]] {
        var reader = try JSONReader(object)
        var members: [[UInt8]] = []
        try reader.beginObject()
        var begin = reader.offset
        while try reader.nextKey() != nil {
            try reader.skipValue()
            let member = object[begin..<reader.offset].drop { $0 == UInt8(ascii: ",") }
            members.append(Array(member))
            begin = reader.offset
        }
        return members
    }
}
