import MonotonicTime
import Testing
import Upstreams

@Suite struct RetryBudgetTests {
    private let start = MonotonicClock.now

    /// How many of so many retries the budget allows.
    private func taken(
        _ count: Int,
        _ budget: inout RetryBudget,
        at now: MonotonicClock.Instant
    ) -> Int {
        (0..<count).count { _ in budget.takeRetry(now: now) }
    }

    @Test("Of a hundred calls ten may be repeated, not eleven")
    func share() {
        var budget = RetryBudget(share: 0.1, now: start)
        for _ in 0..<100 { budget.called(now: start) }
        let allowed = (0..<50).count { _ in budget.takeRetry(now: start) }
        #expect(allowed == 10)
    }

    @Test("An upstream that is seldom asked may be asked again twice a minute")
    func least() {
        var budget = RetryBudget(share: 0.1, now: start)
        budget.called(now: start)
        #expect(taken(5, &budget, at: start) == RetryBudget.retriesMin)
        #expect(budget.takeRetry(now: start + .seconds(59)) == false)
        #expect(budget.takeRetry(now: start + .seconds(70)) == true)
    }

    @Test("Calls older than a minute earn nothing")
    func window() {
        var budget = RetryBudget(share: 0.5, now: start)
        for _ in 0..<100 { budget.called(now: start) }
        #expect(taken(100, &budget, at: start + .seconds(59)) == 50)
        #expect(taken(100, &budget, at: start + .seconds(200)) == 2)
    }

    @Test("No minute has more retries than a tenth of its calls", arguments: [0.3, 1, 2.5, 7])
    func everyMinute(_ callsPerSecond: Double) {
        var budget = RetryBudget(share: 0.1, now: start)
        var (calls, retries): ([Double], [Double]) = ([], [])
        for number in 0..<Int(callsPerSecond * 300) {
            let second = Double(number) / callsPerSecond
            let now = start + .seconds(second)
            budget.called(now: now)
            calls.append(second)
            // Every second call fails.
            guard number % 2 == 0, budget.takeRetry(now: now) else { continue }
            retries.append(second)
            let minute = second - 60...second
            let share = 0.1 * Double(calls.count(where: minute.contains))
            let count = Double(retries.count(where: minute.contains))
            #expect(count <= max(Double(RetryBudget.retriesMin), share), "at \(second) s")
        }
        #expect(Double(retries.count) >= 0.05 * Double(calls.count))
    }

    @Test("A share of nothing allows nothing")
    func none() {
        var budget = RetryBudget(share: 0, now: start)
        budget.called(now: start)
        #expect(budget.takeRetry(now: start) == false)
    }

    @Test("Time that goes back or stands still changes nothing")
    func backwards() {
        var budget = RetryBudget(share: 1, now: start)
        budget.called(now: start + .seconds(30))
        budget.called(now: start - .seconds(30))
        budget.called(now: start + .seconds(30))
        #expect(taken(9, &budget, at: start) == 3)
    }
}
