import HTTPWire
import ImageModel
import MonotonicTime
import Observability
import Testing

@testable import GatewayAPI

@Suite("HotAnswer")
struct HotAnswerTests {
    private let id: RequestID
    private let other: RequestID
    private let made = MonotonicClock.now
    private let date = Timestamp(microseconds: 784_111_777_250_000)

    init() {
        var generator = RequestIDGenerator(processSeed: 7, loop: 0)
        id = generator.next()
        other = generator.next()
    }

    /// An answer as the gateway sends it, `passed` whole seconds after it was first made.
    private func encoded(
        _ id: RequestID,
        age: Int = 12,
        ttl: Int = 588,
        upstreamAges: [Int] = [12, 9],
        passed: Int = 0
    ) -> (bytes: [UInt8], offsets: [Int]) {
        var body = Array("{\"images\":[{\"raw\":{\"age_seconds\":3}}],\"upstreams\":[".utf8)
        var offsets: [Int] = []
        for upstreamAge in upstreamAges {
            body += Array("{\"age_seconds\":".utf8)
            offsets.append(body.count)
            body += Array("\(upstreamAge + passed)},".utf8)
        }
        let fields = [
            HTTPField("age", "\(age + passed)"),
            HTTPField("cache-status", "image-gateway; hit; ttl=\(ttl - passed)"),
            HTTPField("link", "</v1/images?q=\(self.id)>; ttl=5"),
            HTTPField("x-request-id", id.description),
            HTTPField("vary", "origin"),
        ]
        var bytes: [UInt8] = []
        let second = HTTPDate(secondsSince1970: date.seconds + Int64(passed))
        ResponseEncoder(isHead: false, keepsAlive: true, date: second)
            .encode(HTTPResponse(status: 200, fields: fields, body: body), into: &bytes)
        return (bytes, offsets)
    }

    private func answer(ages: [Int] = [12, 9], ttl: Int = 588) -> HotAnswer {
        let (bytes, offsets) = encoded(id, age: ages[0], ttl: ttl, upstreamAges: ages)
        let upstreams = zip(offsets, ages).map { offset, age in
            (offset: offset, age: Duration.seconds(age) + .milliseconds(100))
        }
        let ages = HotAnswer.Ages(
            made: made,
            upstreams: upstreams,
            remaining: .seconds(ttl) + .milliseconds(900)
        )
        return HotAnswer(bytes, ages: ages, date: date)
    }

    private func prepare(_ answer: inout HotAnswer, _ id: RequestID, passed: Int) -> Bool {
        answer.prepare(
            id,
            date: Timestamp(microseconds: date.microseconds + Int64(passed) * 1_000_000),
            now: made + .seconds(passed)
        )
    }

    @Test("It takes the memory it says, however large the array it was encoded into")
    func memory() {
        var scratch = encoded(id).bytes
        let byteCount = scratch.count
        scratch.reserveCapacity(1 << 20)
        let kept = HotAnswer(scratch, ages: nil, date: date)
        #expect(kept.bytes == scratch)
        #expect(kept.bytes.capacity < byteCount + 64)
        #expect(kept.memoryByteCount >= kept.bytes.capacity)
        #expect(answer().memoryByteCount > answer().bytes.capacity + 2 * 64)
    }

    @Test("Sent again at once, an answer differs in its request id alone")
    func requestID() {
        var answer = answer()
        let ready1 = prepare(&answer, other, passed: 0)
        #expect(ready1)
        #expect(answer.bytes == encoded(other).bytes)
        let ready2 = prepare(&answer, id, passed: 0)
        #expect(ready2)
        #expect(answer.bytes == encoded(id).bytes)
    }

    @Test("As seconds pass, date, ages and the remaining time move, and nothing else does")
    func seconds() {
        var answer = answer(ages: [12, 11])
        for passed in [1, 2, 30, 87, 20] {
            let ready3 = prepare(&answer, other, passed: passed)
            #expect(ready3)
            #expect(answer.bytes == encoded(other, upstreamAges: [12, 11], passed: passed).bytes)
        }
    }

    @Test("Within one second nothing is written but the id, whatever the monotonic clock says")
    func sameSecond() {
        var answer = answer()
        let later = made + .milliseconds(700)
        let ready4 = answer.prepare(other, date: date, now: later)
        #expect(ready4)
        #expect(answer.bytes == encoded(other).bytes)
    }

    @Test("An age that gains a digit and a remaining time that loses one end the answer")
    func widths() {
        var growing = answer(ages: [12, 9])
        let ready5 = prepare(&growing, other, passed: 1)
        #expect(!ready5)
        var shrinking = answer(ages: [12, 12], ttl: 100)
        let ready6 = prepare(&shrinking, other, passed: 0)
        #expect(ready6)
        let ready7 = prepare(&shrinking, other, passed: 1)
        #expect(!ready7)
    }

    @Test("Without ages only the id is written; an answer without an id is sent as it is")
    func plain() {
        var answer = HotAnswer(encoded(id).bytes, ages: nil, date: date)
        let ready8 = answer.prepare(other, date: date, now: made)
        #expect(ready8)
        #expect(answer.bytes == encoded(other).bytes)
        for text in ["", "HTTP/1.1 200 OK\r\n\r\n\r\nx-request-id: \(id)\r\n"] {
            var bare = HotAnswer(Array(text.utf8), ages: nil, date: date)
            let ready9 = bare.prepare(other, date: date, now: made)
            #expect(ready9)
            #expect(bare.bytes == Array(text.utf8))
        }
    }

    @Test("Of a content that tells the request id, that place moves too, and no other")
    func contentID() {
        let long = id.description
        func text(_ id: RequestID) -> [UInt8] {
            Array(
                """
                HTTP/1.1 503 Service Unavailable\r\nx-request-id: \(id)\r\n\r\n\
                {"a":"\(long.dropLast())","request_id":"\(id)"}
                """.utf8
            )
        }
        var answer = HotAnswer(text(id), ages: .none(made), date: date, hasContentRequestID: true)
        for next in [other, id, other] {
            let ready = prepare(&answer, next, passed: 3)
            #expect(ready)
            #expect(answer.bytes == text(next))
        }
    }
}
