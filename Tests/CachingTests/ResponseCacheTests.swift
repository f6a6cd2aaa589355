import Caching
import MonotonicTime
import Testing

@Suite struct ResponseCacheTests {
    private let start = MonotonicClock.now

    @Test("An answer is found until its time comes or the generation moves on")
    func validity() {
        var cache = ResponseCache<String>(bytesMax: 100_000)
        cache.store("a", byteCount: 10, for: [1], generation: 1, expires: start + .seconds(5))
        #expect(cache.answer(for: [1], generation: 1, now: start) == "a")
        #expect(cache.answer(for: [1], generation: 1, now: start + .seconds(5)) == nil)
        #expect(cache.count == 0)
        cache.store("b", byteCount: 10, for: [1], generation: 1, expires: start + .seconds(5))
        #expect(cache.answer(for: [1], generation: 2, now: start) == nil)
        #expect(cache.byteCount == 0)
    }

    @Test("The least recently used answer leaves first when bytes run out")
    func eviction() {
        var cache = ResponseCache<Int>(bytesMax: 16_000)
        for key in UInt8(0)..<20 {
            cache.store(
                Int(key),
                byteCount: 1_500,
                for: [key],
                generation: 1,
                expires: start + .seconds(9)
            )
            _ = cache.answer(for: [0], generation: 1, now: start)
            #expect(cache.byteCount <= 16_000)
        }
        #expect(cache.answer(for: [0], generation: 1, now: start) == 0)
        #expect(cache.answer(for: [19], generation: 1, now: start) == 19)
        #expect(cache.answer(for: [2], generation: 1, now: start) == nil)
    }

    @Test("An answer is changed where it lies, and leaves when it is not worth keeping")
    func changed() {
        var cache = ResponseCache<Int>(bytesMax: 8_000)
        cache.store(1, byteCount: 10, for: [1], generation: 1, expires: start + .seconds(9))
        let isFound = cache.withAnswer(for: [1], generation: 1, now: start) { answer in
            answer += 1
            return true
        }
        #expect(isFound)
        #expect(cache.answer(for: [1], generation: 1, now: start) == 2)
        let isKept = cache.withAnswer(for: [1], generation: 1, now: start) { _ in false }
        #expect(!isKept)
        #expect(cache.count == 0)
        #expect(cache.byteCount == 0)
    }

    @Test(
        "A place leads to its answer, and to nothing once that answer has left, whoever took its room"
    )
    func places() throws {
        var cache = ResponseCache<Int>(bytesMax: 8_000)
        let end = start + .seconds(9)
        cache.store(1, byteCount: 10, for: [1], generation: 1, expires: end)
        let place = try #require(cache.place(of: [1]))
        #expect(cache.place(of: [2]) == nil)
        func answer() -> Int? {
            var found: Int?
            _ = cache.withAnswer(at: place, generation: 1, now: start) { answer in
                found = answer
                return true
            }
            return found
        }
        #expect(answer() == 1)
        cache.store(2, byteCount: 10, for: [1], generation: 1, expires: end)
        #expect(answer() == nil)
        let last = try #require(cache.place(of: [1]))
        let isExpired = !cache.withAnswer(at: last, generation: 1, now: end) { _ in true }
        #expect(isExpired)
        #expect(cache.count == 0)
        cache.store(3, byteCount: 10, for: [3], generation: 1, expires: end)
        #expect(answer() == nil)
    }

    @Test("An answer is worth storing when it is asked for again, or was worth it before")
    func visitors() {
        var cache = ResponseCache<Int>(bytesMax: 8_000)
        let first = [cache.isWorthStoring([1]), cache.isWorthStoring([2])]
        #expect(first == [false, false])
        let second = cache.isWorthStoring([1])
        #expect(second)
        cache.store(1, byteCount: 10, for: [7], generation: 1, expires: start + .seconds(9))
        let stored = cache.isWorthStoring([7])
        #expect(stored)
        #expect(cache.answer(for: [7], generation: 2, now: start) == nil)
        let takesOver = cache.isWorthStoring([7])
        #expect(takesOver)
    }

    @Test("Keys of every length find their own answers and no others")
    func keys() {
        var cache = ResponseCache<Int>(bytesMax: 10_000_000)
        let keys = (0..<200).map { length in (0..<length).map { UInt8(truncatingIfNeeded: $0) } }
        for (number, key) in keys.enumerated() {
            cache.store(
                number,
                byteCount: 1,
                for: key,
                generation: 1,
                expires: start + .seconds(9)
            )
        }
        for (number, key) in keys.enumerated() {
            #expect(cache.answer(for: key, generation: 1, now: start) == number)
            var other = key
            guard !other.isEmpty else { continue }
            other[key.count / 2] ^= 0x80
            #expect(cache.answer(for: other, generation: 1, now: start) == nil)
        }
    }

    @Test("A stored key takes the memory of its bytes, not the room of the array it came in")
    func room() {
        var cache = ResponseCache<Int>(bytesMax: 65_536)
        var key: [UInt8] = []
        key.reserveCapacity(16_384)
        key.append(1)
        let place = key.withUnsafeBufferPointer(\.baseAddress)
        cache.store(1, byteCount: 8, for: key, generation: 1, expires: start + .seconds(9))
        // Nobody shares it, so it is written where it lies.
        key.append(2)
        #expect(key.withUnsafeBufferPointer(\.baseAddress) == place)
        #expect(cache.count == 1)
    }

    @Test("An answer larger than an eighth of the cache is not stored")
    func oversize() {
        var cache = ResponseCache<Int>(bytesMax: 8_000)
        cache.store(1, byteCount: 1_001, for: [1], generation: 1, expires: start + .seconds(9))
        #expect(cache.count == 0)
    }
}

extension ResponseCache {
    /// A copy of the answer, which stays.
    fileprivate mutating func answer(
        for key: [UInt8],
        generation: UInt64,
        now: MonotonicClock.Instant
    ) -> Answer? {
        var found: Answer?
        let isFound = withAnswer(for: key, generation: generation, now: now) { answer in
            found = answer
            return true
        }
        return isFound ? found : nil
    }
}
