internal import MonotonicTime

/// Connections on which nothing is under way, or a request that should long be there, those first that have been so
/// longest: whom a newcomer may replace.
///
/// Nobody keeps such a list while connections have room, so requests pay nothing for it. Where a newcomer finds none, all
/// connections are looked at once and sorted. The list that this gives stays right until it is used up: whoever has been
/// used since is told by the instant and passed over, and whoever has fallen silent since comes behind all of it.
struct SpareConnections {
    private var line: [Entry] = []
    private var start = 0
    /// No look at all connections before this, unless many have asked meanwhile.
    private var nextLook: MonotonicClock.Instant?
    /// Names asked for since the last look.
    private var askedCount = 0

    struct Entry {
        var descriptor: Int32
        var since: MonotonicClock.Instant
    }

    /// A look takes less than a tenth of this for each connection: a crowd of newcomers must not make the loop look all the
    /// time.
    private static let lookIntervalPerConnection = Duration.microseconds(1)
    /// Or each newcomer pays for a look at so many.
    private static let connectionsPerNewcomer = 8

    /// Whom nobody would miss longest; each is named once.
    mutating func popFirst() -> Entry? {
        askedCount += 1
        guard start < line.count else { return nil }
        start += 1
        return line[start - 1]
    }

    func mayLook(count: Int, now: MonotonicClock.Instant) -> Bool {
        guard let nextLook else { return true }
        return now >= nextLook || askedCount * Self.connectionsPerNewcomer >= count
    }

    /// `entries` are all that can be spared of `count` connections, in any order.
    mutating func looked(
        _ entries: [Entry],
        count: Int,
        now: MonotonicClock.Instant
    ) {
        line = entries.sorted { $0.since < $1.since }
        (start, askedCount) = (0, 0)
        nextLook = now + Self.lookIntervalPerConnection * count
    }
}
