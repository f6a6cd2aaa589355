import HTTPWire
internal import MonotonicTime

extension Connection {
    /// Since when nothing has been under way here, as far as is known; `nil` where something is.
    var silentSince: MonotonicClock.Instant? { player == nil ? machine.silentSince : nil }

    /// Ends it to make room for another one, where nothing has come since then: neither from the socket nor into it, which
    /// the loop may not have told yet.
    func endIfSilent(since instant: MonotonicClock.Instant) {
        guard silentSince == instant else { return }
        isReadable = true
        pump()
        guard silentSince == instant else { return }
        server.events.connectionDisplaced(peer: peer)
        close()
    }
}
