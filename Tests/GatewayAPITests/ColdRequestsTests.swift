import MonotonicTime
import Testing

@testable import GatewayAPI

struct ColdRequestsTests {
    private let start = MonotonicClock.now

    /// One second of work: in each millisecond as many come as the bound lets in, and leave so late.
    private func pass(
        _ requests: inout ColdRequests,
        from begin: Duration = .zero,
        lateness: Duration
    ) {
        for millisecond in 0..<1_000 {
            let now = start + begin + .milliseconds(millisecond)
            var entered = 0
            while requests.enter("a") { entered += 1 }
            for _ in 0..<entered { requests.leave("a", lateness: lateness, now: now) }
        }
    }

    @Test(
        "While work is late the bound falls to what is done in a moment, and comes back by itself"
    )
    func adapts() {
        var requests = ColdRequests(countMax: 1_024)
        pass(&requests, lateness: .milliseconds(400))
        #expect(requests.limit == Double(ColdRequests.countMin))
        pass(&requests, from: .seconds(1), lateness: .milliseconds(1))
        #expect(requests.limit > 200)
        pass(&requests, from: .seconds(2), lateness: .milliseconds(1))
        pass(&requests, from: .seconds(3), lateness: .milliseconds(1))
        #expect(requests.limit == 1_024)
    }

    /// How many of so many attempts of a caller succeed.
    private func enter(_ requests: inout ColdRequests, _ caller: String, times: Int) -> Int {
        var count = 0
        for _ in 0..<times where requests.enter(caller) { count += 1 }
        return count
    }

    @Test("Upstreams that take their time are no reason to refuse anybody")
    func slowUpstreams() {
        var requests = ColdRequests(countMax: 100)
        var count = 0
        for index in 0...100 { count += enter(&requests, "client \(index)", times: 1) }
        #expect(count == 100 && requests.isFull)
        for index in 0..<100 {
            requests.leave("client \(index)", lateness: .zero, now: start + .seconds(index))
        }
        #expect(requests.limit == 100 && requests.count == 0)
    }

    @Test("One caller may take all places while nobody else asks, and its share once others do")
    func fairShare() {
        var requests = ColdRequests(countMax: 20)
        var counts = [enter(&requests, "greedy", times: 15)]
        counts.append(enter(&requests, "modest", times: 1))
        counts.append(enter(&requests, "greedy", times: 1))
        counts.append(enter(&requests, "modest", times: 4))
        #expect(counts == [15, 1, 0, 4] && requests.isFull)
        requests.leave("greedy", lateness: nil, now: start)
        counts = [enter(&requests, "greedy", times: 1), enter(&requests, "modest", times: 1)]
        #expect(counts == [0, 1])
        for _ in 0..<14 { requests.leave("greedy", lateness: nil, now: start) }
        for _ in 0..<6 { requests.leave("modest", lateness: nil, now: start) }
        #expect(requests.count == 0)
        let alone = enter(&requests, "greedy", times: 30)
        #expect(alone == 20)
    }

    @Test("An operator's bound below the least one holds")
    func small() {
        var requests = ColdRequests(countMax: 3)
        pass(&requests, lateness: .seconds(1))
        #expect(requests.limit == 3)
    }
}
