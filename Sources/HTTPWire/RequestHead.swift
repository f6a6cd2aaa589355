/// A complete, checked request head as ranges over the bytes it came in. Reused by its connection,
/// so that parsing the next head allocates nothing.
public struct RequestHead: ~Copyable {
    /// The buffer the head stands in. Only the ranges below mean anything; what surrounds them may
    /// be a neighbouring request, or old.
    public package(set) var bytes: [UInt8] = []
    /// The whole head with the empty line that ends it.
    public internal(set) var extent: Range<Int> = 0..<0
    public internal(set) var method: Range<Int> = 0..<0
    /// Always in origin form or `*`: an absolute target was checked and cut.
    public internal(set) var target: Range<Int> = 0..<0
    /// In order of arrival. Names are as received; they compare without case.
    public internal(set) var fields: [Field] = []
    /// `false` for HTTP/1.0.
    public internal(set) var isVersion11 = true
    public internal(set) var framing = BodyFraming.none
    /// What the client wants (RFC 9112 §9.3).
    public internal(set) var keepsAlive = true
    /// The client waits for `100 Continue` before it sends the content (RFC 9110 §10.1.1).
    public internal(set) var expectsContinue = false
    public package(set) var peer = HTTPPeer()

    public struct Field: Sendable, Hashable {
        public var name: Range<Int>
        public var value: Range<Int>
    }

    public init() {}

    /// A buffer of `byteCount` bytes to receive into.
    package init(byteCount: Int) {
        bytes = [UInt8](repeating: 0, count: byteCount)
        fields.reserveCapacity(32)
    }

    /// Forgets the previous head and keeps the storage.
    mutating func reset() {
        extent = 0..<0
        method = 0..<0
        target = 0..<0
        fields.removeAll(keepingCapacity: true)
        isVersion11 = true
        framing = .none
        keepsAlive = true
        expectsContinue = false
    }
}
