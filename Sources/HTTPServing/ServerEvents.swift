public import EventLoops
public import HTTPWire

/// What a server tells about itself, for counters and logs. Called on the loops' threads; must not
/// block.
public protocol ServerEvents: Sendable {
    func connectionOpened()
    func connectionClosed()
    /// A connection that was silent is ended to make room for another one; `connectionClosed` follows.
    func connectionDisplaced(peer: HTTPPeer)
    /// A request the server refused itself; also every limit and deadline that bit while a request
    /// came in.
    func refused(_ refusal: RequestRefusal, peer: HTTPPeer)
    /// An answer was not taken in time, or the client went away before its end.
    func answerAborted(peer: HTTPPeer)
    /// Descriptors ran out. Told once until accepting works again.
    func acceptPaused(_ error: SystemError)
    func acceptResumed()
    /// A TLS handshake failed; the text is OpenSSL's.
    func handshakeFailed(_ reason: String, peer: HTTPPeer)
}

extension ServerEvents {
    public func connectionOpened() {}
    public func connectionClosed() {}
    public func connectionDisplaced(peer: HTTPPeer) {}
    public func refused(_ refusal: RequestRefusal, peer: HTTPPeer) {}
    public func answerAborted(peer: HTTPPeer) {}
    public func acceptPaused(_ error: SystemError) {}
    public func acceptResumed() {}
    public func handshakeFailed(_ reason: String, peer: HTTPPeer) {}
}

/// Nobody listens.
struct NoServerEvents: ServerEvents {}
