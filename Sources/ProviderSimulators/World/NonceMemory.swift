/// The nonces of the last two hours, against replays (Tencent's API of 2017, code 4500).
struct NonceMemory: Sendable {
    /// Microseconds.
    static let window: Int64 = 7_200_000_000
    static let countMax = 200_000

    private struct Entry: Hashable {
        var nonce: String
        var timestamp: Int64
    }

    private var seen: Set<Entry> = []
    private var arrivals: [(at: Int64, entry: Entry)] = []
    private var firstArrival = 0

    /// `false` for a pair of nonce and timestamp that was accepted before.
    mutating func accept(_ nonce: String, timestamp: Int64, now: Int64) -> Bool {
        forget(before: now - 2 * Self.window)
        let entry = Entry(nonce: nonce, timestamp: timestamp)
        guard seen.insert(entry).inserted else { return false }
        arrivals.append((now, entry))
        return true
    }

    /// A timestamp may lie one window ahead, so an entry is of use for two.
    private mutating func forget(before instant: Int64) {
        while firstArrival < arrivals.count,
            arrivals[firstArrival].at < instant || seen.count >= Self.countMax
        {
            seen.remove(arrivals[firstArrival].entry)
            firstArrival += 1
        }
        if firstArrival > 4096, firstArrival > arrivals.count / 2 {
            arrivals.removeFirst(firstArrival)
            firstArrival = 0
        }
    }
}
