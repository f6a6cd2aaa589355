internal import MonotonicTime

/// How many requests may wait for upstreams at a time, and how many of them may be one caller's.
///
/// What costs is not the waiting but the work afterwards, and when more comes than can be done it queues up in
/// the loops. So the bound follows what is seen there: while requests are late by more than `lateness` in the
/// mean of an interval it shrinks by a quarter, else it grows again. As long as nobody is late the operator's
/// own bound holds, however long upstreams take.
struct ColdRequests {
    typealias Instant = MonotonicClock.Instant

    /// What the operator allows.
    let countMax: Int
    private(set) var limit: Double
    private(set) var count = 0
    private var counts: [String: Int] = [:]
    private var interval = Interval()

    private struct Interval {
        var begin: Instant?
        var lateness = Duration.zero
        var requestCount = 0
        var countMax = 0
    }

    /// Time that work may have waited for its turn, in the mean. Only cold requests stand in that line, so it
    /// may be long enough for loops never to run dry.
    static let lateness = Duration.milliseconds(50)
    static let intervalTime = Duration.milliseconds(50)
    /// The bound never falls below: fewer could not share a walk and keep the loops at work meanwhile.
    static let countMin = 64

    init(countMax: Int) {
        self.countMax = countMax
        limit = Double(countMax)
    }

    var isFull: Bool { Double(count) >= limit.rounded(.down) }

    /// `false` where too many wait already, or, once half of the places are taken, too many of the caller's.
    mutating func enter(_ caller: String) -> Bool {
        let own = counts[caller, default: 0]
        guard !isFull else { return false }
        let callerCount = counts.count + (own == 0 ? 1 : 0)
        guard count * 2 < Int(limit) || own * callerCount < Int(limit) else { return false }
        count += 1
        counts[caller] = own + 1
        interval.countMax = max(interval.countMax, count)
        return true
    }

    /// `lateness` is how long the request's work has waited for its turn; `nil` where none was done.
    mutating func leave(_ caller: String, lateness: Duration?, now: Instant) {
        count -= 1
        let own = counts[caller, default: 0]
        counts[caller] = own > 1 ? own - 1 : nil
        guard let lateness else { return }
        interval.lateness += lateness
        interval.requestCount += 1
        let begin = interval.begin ?? now
        interval.begin = begin
        if begin.duration(to: now) >= Self.intervalTime { adapt() }
    }

    private mutating func adapt() {
        let isLate = interval.lateness > Self.lateness * interval.requestCount
        if isLate {
            let least = Double(min(Self.countMin, countMax))
            limit = max(least, min(limit, Double(interval.countMax)) * 0.75)
        } else {
            limit = min(Double(countMax), limit * 1.1 + 1)
        }
        interval = Interval()
        interval.countMax = count
    }
}
