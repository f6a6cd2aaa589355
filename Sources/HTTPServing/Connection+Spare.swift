internal import EventLoops
import HTTPWire
internal import MonotonicTime

extension Connection {
    /// Since when a newcomer may take this place, as far as is known; `nil` where it must not.
    var spareSince: MonotonicClock.Instant? {
        player == nil ? machine.spareSince(now: server.loop.now) : nil
    }

    /// Ends it to make room for another one, where nothing has come since then that makes it worth its place: neither from
    /// the socket nor into it, which the loop may not have told yet.
    func endIfSpare(since instant: MonotonicClock.Instant) {
        guard spareSince == instant else { return }
        isReadable = true
        pump()
        guard spareSince == instant else { return }
        server.events.connectionDisplaced(peer: peer)
        close()
    }
}
