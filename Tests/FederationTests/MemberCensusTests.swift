import Testing

@testable import Federation

struct MemberCensusTests {
    private func census(_ objects: String..., count: Int = 1) -> MemberCensus {
        var census = MemberCensus()
        for _ in 0..<count { for object in objects { census.note(Array(object.utf8)) } }
        return census
    }

    private let full = "{\"id\":1,\"size\":2,\"name\":\"x\"}"
    private let less = "{\"id\":1,\"name\":\"x\"}"

    @Test("A member that all objects had and none has any more has vanished, once")
    func vanished() {
        var known = MemberCensus()
        #expect(known.advance(to: census(full, count: 16)) == [])
        #expect(known.advance(to: census(less, count: 2)) == ["size"])
        #expect(known.advance(to: census(less, count: 2)) == [])
    }

    @Test("Too few objects before or now say nothing", arguments: [(15, 2), (16, 1)])
    func few(before: Int, now: Int) {
        var known = MemberCensus()
        #expect(known.advance(to: census(full, count: before)) == [])
        #expect(known.advance(to: census(less, count: now)) == [])
    }

    @Test("What one object still has, or some never had, has not vanished")
    func optional() {
        var known = MemberCensus()
        #expect(known.advance(to: census(full, count: 16)) == [])
        #expect(known.advance(to: census(less, full)) == [])
        #expect(known.advance(to: census(less, less)) == [])
        var mixed = MemberCensus()
        #expect(mixed.advance(to: census(full, less, count: 8)) == [])
        #expect(mixed.advance(to: census(less, count: 4)) == [])
    }

    @Test("Objects that cannot be read and names that are no words count for nothing")
    func hostile() {
        var census = census("[1]", "nonsense", "{\"id\":", "{}")
        #expect(census.sampleCount == 0)
        census.note(Array("{\"a\\u0000b\":1,\"ok\":1,\"<script>\":2}".utf8))
        #expect(census.seen == ["ok"] && census.sampleCount == 1)
        census.note(Array("{\"\(String(repeating: "n", count: 49))\":1,\"ok\":1}".utf8))
        #expect(census.seen == ["ok"])
    }

    @Test("A page is sampled evenly, a walk within its bound")
    func samples() {
        var places: [Int] = []
        var census = MemberCensus()
        census.note(100) { place in
            places.append(place)
            return Array(full.utf8)
        }
        #expect(places == [0, 33, 66, 99])
        places = []
        for count in [0, 1, 2, 3] {
            census.note(count) { place in
                places.append(place)
                return Array(full.utf8)
            }
        }
        #expect(places == [0, 0, 1, 0, 1, 2])
        for _ in 0..<100 { census.note(4) { _ in Array(full.utf8) } }
        #expect(census.sampleCount == MemberCensus.samplesOfWalkMax && census.isFull)
    }
}
