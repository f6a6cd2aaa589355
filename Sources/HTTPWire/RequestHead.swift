/// A complete, checked request head as ranges over the bytes it came in. Reused by its connection, so that
/// parsing the next head allocates nothing.
public struct RequestHead: ~Copyable {
    public internal(set) var bytes: [UInt8] = []
    public internal(set) var method: Range<Int> = 0..<0
    public internal(set) var target: Range<Int> = 0..<0
    public internal(set) var fields: [Field] = []
    /// `false` for HTTP/1.0.
    public internal(set) var isVersion11 = true

    public struct Field: Sendable, Hashable {
        public var name: Range<Int>
        public var value: Range<Int>
    }

    public init() {}
}
