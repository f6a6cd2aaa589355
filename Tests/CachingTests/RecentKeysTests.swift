import Caching
import Testing

@Suite struct RecentKeysTests {
    private func value(_ keys: borrowing RecentKeys<Int>, _ key: [UInt8]) -> Int? {
        keys.withValue(of: key.span) { $0 }
    }

    @Test("A key is found by all of its bytes and by nothing else")
    func exact() {
        for length in [0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 250, RecentKeys<Int>.keyBytesMax] {
            let key = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
            var keys = RecentKeys<Int>()
            keys.insert(length, of: key.span)
            #expect(value(keys, key) == length)
            #expect(value(keys, key + [0]) == nil)
            #expect(value(keys, Array(key.dropLast())) == (length == 0 ? 0 : nil))
            for index in key.indices {
                var other = key
                other[index] ^= 1
                #expect(value(keys, other) == nil)
            }
        }
    }

    @Test("A key that is too long is not kept")
    func long() {
        var keys = RecentKeys<Int>()
        let key = [UInt8](repeating: 1, count: RecentKeys<Int>.keyBytesMax + 1)
        keys.insert(1, of: key.span)
        #expect(value(keys, key) == nil)
    }

    @Test("Whatever meets in one place, what is found is what was put there")
    func collisions() {
        var keys = RecentKeys<Int>()
        let all = (0..<5_000).map { Array("key \($0)".utf8) }
        for (number, key) in all.enumerated() { keys.insert(number, of: key.span) }
        let found = all.enumerated().filter { number, key in
            let value = value(keys, key)
            #expect(value == nil || value == number)
            return value != nil
        }
        #expect((1...512).contains(found.count))
    }

    @Test("Values live as long as their places are theirs, and none outlives the table")
    func lifetimes() {
        final class Counted {
            static func count(_ objects: [Weak]) -> Int { objects.count { $0.object != nil } }
        }
        struct Weak { weak var object: Counted? }
        var seen: [Weak] = []
        func fill() -> Int {
            var keys = RecentKeys<Counted>()
            for round in 0..<3 {
                for number in 0..<300 {
                    let value = Counted()
                    seen.append(Weak(object: value))
                    keys.insert(value, of: Array("key \(number)".utf8).span)
                }
                #expect((1...300).contains(Counted.count(seen)), "round \(round)")
            }
            return Counted.count(seen)
        }
        #expect(fill() > 200)
        #expect(Counted.count(seen) == 0)
    }
}
