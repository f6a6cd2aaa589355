/// What a server serves. One instance belongs to one loop: all calls come on that loop's thread.
public protocol Responder: Sendable {
    /// Called with a complete head before any task exists. Hands finished bytes (head and content, with
    /// `date` and `content-length`; for HEAD without the content) to `send`, once, and returns `true`; or
    /// returns `false` without having called it to go the long way. Must not block.
    ///
    /// `send` takes what the socket takes and copies the rest, so the bytes need not outlive the call.
    /// Never called for a request with content, nor where the answer must state the connection's
    /// fate: draining, the last request a connection may make, persistent HTTP/1.0. The bytes say nothing of it; to
    /// whoever asks to close, the server adds `connection: close`.
    func answerAtOnce(_ head: borrowing RequestHead, _ send: (Span<UInt8>) -> Void) -> Bool

    /// Called with bytes that have just arrived and in which a head begins, before they are read at all. Does
    /// what `answerAtOnce` does where `bytes` are, to the last, the `extent` of a head that was answered so before
    /// on this loop for the same kind of peer and that keeps its connection; `false` for anything else.
    ///
    /// Never called for peers with a certificate, whose heads alone do not tell who asks: of others the address and
    /// whether they speak TLS is all there is.
    func answerAgain(
        _ bytes: Span<UInt8>,
        from address: String,
        isTLS: Bool,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool

    /// Called in a task on the loop once the content has arrived. Cancelled when the connection
    /// closes, and nobody reads the answer then, or when a drain ends.
    func respond(to request: HTTPRequest) async -> HTTPResponse

    /// The time for a drain is over: tasks are cancelled next, and what they answer is still sent.
    func drainEnds()

    /// Called once per connection, before its first byte is read and before any TLS handshake. A script is played
    /// on the bare connection; after one that ends nothing the connection is served as a plain one. `nil` is
    /// the rule; only servers that play sick ones answer anything else.
    func greeting(of peer: HTTPPeer) -> WireScript?

    /// The answer to a request the server itself refuses; its status is `refusal.status`. The
    /// connection is closed after it.
    func refuse(_ refusal: RequestRefusal, of peer: HTTPPeer) -> HTTPResponse
}

extension Responder {
    public func greeting(of peer: HTTPPeer) -> WireScript? { nil }

    public func drainEnds() {}

    public func answerAtOnce(
        _ head: borrowing RequestHead,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool { false }

    public func answerAgain(
        _ bytes: Span<UInt8>,
        from address: String,
        isTLS: Bool,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool { false }

    /// A problem document (RFC 9457).
    public func refuse(_ refusal: RequestRefusal, of peer: HTTPPeer) -> HTTPResponse {
        let title = "\(StatusText.reasonPhrase(refusal.status))"
        let text = """
            {"type":"about:blank","title":"\(title)","status":\(refusal.status),\
            "detail":"\(refusal.shortDescription)"}
            """
        var response = HTTPResponse(
            status: refusal.status,
            fields: [HTTPField("content-type", "application/problem+json")],
            body: Array(text.utf8),
        )
        if let seconds = refusal.retryAfterSeconds {
            response.fields.append(HTTPField("retry-after", String(seconds)))
        }
        return response
    }
}
