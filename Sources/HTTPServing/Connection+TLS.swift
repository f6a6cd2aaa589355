internal import EventLoops
import HTTPWire

/// What a connection under TLS does besides.
extension Connection {
    /// Whose certificate none of these authorities signed is nobody from the next request on, which is the last; where
    /// one is required there is no next request, as there would be no handshake.
    func trust(_ context: TLSContext) {
        guard let tls = transport.tls else { return }
        let isMissing = context.requiresCertificates && tls.peerCertificate == nil
        guard isMissing || !context.trusts(tls) else { return }
        certificate = nil
        if context.requiresCertificates, machine.wantsHead { close() } else { drain() }
    }

    /// The handshake happens inside reads; this is where its end is noticed.
    func noteHandshake() {
        guard let tls = transport.tls, !isTLS, tls.isEstablished else { return }
        isTLS = true
        certificate = tls.peerCertificate
        machine.handshakeCompleted(now: server.loop.now)
    }

    func reportHandshakeFailure() {
        guard let tls = transport.tls, !isTLS, !machine.isLingering else { return }
        server.events.handshakeFailed(tls.failureReason, peer: peer)
    }
}
