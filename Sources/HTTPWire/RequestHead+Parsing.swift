extension RequestHead {
    /// A head from bytes that hold it whole, for tests and tools. What follows the head is ignored.
    ///
    /// Errors: the refusal a server would answer with; `truncated` when the head does not end.
    public init(
        parsing bytes: [UInt8],
        peer: HTTPPeer = HTTPPeer(),
        limits: ServerLimits = ServerLimits()
    ) throws(RequestRefusal) {
        self.init()
        self.bytes = bytes
        self.peer = peer
        var parser = RequestHeadParser()
        guard try parser.parse(&self, filled: bytes.count, limits: limits) != nil else {
            throw RequestRefusal(.truncated)
        }
    }
}
