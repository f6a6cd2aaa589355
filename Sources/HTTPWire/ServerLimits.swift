/// Everything a client can make a server hold or wait for, bounded.
public struct ServerLimits: Sendable, Hashable {
    /// Bytes of a request head, including the final CRLF CRLF. More answers 431 (RFC 6585 §5) and
    /// closes.
    public var headBytesMax = 16_384
    /// Bytes of a request target. More answers 414 (RFC 9110 §15.5.15) and closes; RFC 9112 §3 asks
    /// for 8000.
    public var targetBytesMax = 8_192
    /// Bytes of a method. A longer one is none that we implement: 501 (RFC 9112 §3).
    public var methodBytesMax = 32
    /// Field lines of a head, and again of a trailer section. More answers 431 and closes.
    public var fieldCountMax = 100
    /// Bytes of content after unframing. More answers 413 (RFC 9110 §15.5.14) and closes.
    public var bodyBytesMax = 1_048_576
    /// Bytes of one chunk-size line with its extensions (RFC 9112 §7.1.1). More answers 400.
    public var chunkLineBytesMax = 1_024
    /// Bytes of the trailer section, which is read and dropped. More answers 431.
    public var trailerBytesMax = 8_192

    /// From the first byte of a head (from `accept` with TLS) to its end, however it trickles. Then
    /// 408.
    public var headTime = Duration.seconds(5)
    /// From the end of the head to the end of the content, plus the time `bodyBytesPerSecondMin`
    /// allows. Then 408.
    public var bodyTime = Duration.seconds(4)
    /// From the first byte of a head to the end of the content, whatever each of them is granted by
    /// itself. Then 408.
    public var requestTime = Duration.seconds(10)
    /// A head, or head and content, that take longer than this make room for a newcomer where there is no other.
    public var stallTime = Duration.seconds(1)
    /// A body of n bytes gets n / this many seconds on top of `bodyTime`.
    public var bodyBytesPerSecondMin = 524_288
    /// From the first byte of an answer to its last, plus the time `writeBytesPerSecondMin` allows.
    /// Then closed.
    public var writeTime = Duration.seconds(10)
    /// An answer of n bytes gets n / this many seconds on top of `writeTime`.
    public var writeBytesPerSecondMin = 65_536
    /// Bytes of answers per loop that wait for their sockets, all together. Beyond it the connections are closed whose
    /// answers have waited longest; one answer alone may have more.
    public var unsentBytesPerLoopMax = 128 << 20
    /// A connection without a request in progress is closed after this long.
    public var idleTime = Duration.seconds(60)
    /// After an early answer the rest is read and dropped for this long, so that no reset destroys
    /// the answer.
    public var lingerTime = Duration.seconds(2)
    /// An idle connection may still send its next request for this long once a drain has begun.
    public var drainIdleTime = Duration.milliseconds(250)
    /// At the deadline of a drain requests that still wait have this long to be told so and to take it.
    public var drainAnswerTime = Duration.milliseconds(500)
    /// While descriptors are short, the next attempt to accept comes after this long.
    public var acceptRetryTime = Duration.milliseconds(100)

    /// Requests answered on one connection; the last answer says `connection: close`.
    public var requestsPerConnectionMax = 1_000_000
    /// Open connections per loop. For one more the one ends that has been silent longest; where requests are under way on
    /// all of them it is answered 503 and closed.
    public var connectionsPerLoopMax = 20_000
    /// Pipelined requests answered in one turn of the loop before others get theirs.
    public var requestsPerTurnMax = 32
    /// Connections taken from the accept queue in one turn of the loop.
    public var acceptsPerTurnMax = 64

    public init() {}
}
