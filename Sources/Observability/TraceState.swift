/// What other tracing systems have written beside `traceparent`; passed on as it came.
/// Source: https://www.w3.org/TR/trace-context/ §3.3 (Recommendation, November 2021).
public struct TraceState: Sendable, Hashable {
    /// Bytes of the joined lines; §3.3.1.5 asks for at least 512 to be passed on.
    public static let bytesMax = 512
    /// §3.3.1.1.
    public static let memberCountMax = 32

    /// The value of the field to send.
    public let value: String

    /// `lines` are the values of the field's lines in order. `nil` where nothing is worth passing on: no line,
    /// more than the bounds, or bytes that no member may hold. The trace itself stays valid (§3.3.1.6).
    public init?(lines: [String]) {
        let joined = lines.filter { !$0.isEmpty }.joined(separator: ",")
        guard !joined.isEmpty, joined.utf8.count <= Self.bytesMax,
            joined.utf8.allSatisfy({ $0 == 0x09 || (0x20...0x7E).contains($0) }),
            joined.utf8.split(separator: UInt8(ascii: ",")).count <= Self.memberCountMax
        else { return nil }
        value = joined
    }
}
