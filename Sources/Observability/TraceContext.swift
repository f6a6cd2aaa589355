/// Where this work stands in a distributed trace: W3C Trace Context, `traceparent`, version 00.
/// Source: https://www.w3.org/TR/trace-context/ §3.2 (Recommendation, November 2021).
public struct TraceContext: Sendable, Hashable {
    /// Never all zero.
    public let traceID: TraceID
    /// The id of the span that this context names; never zero.
    public let spanID: UInt64
    public let isSampled: Bool

    public struct TraceID: Sendable, Hashable {
        public let high: UInt64
        public let low: UInt64
    }

    /// A new trace.
    public init(using generator: inout some RandomNumberGenerator, isSampled: Bool = false) {
        let high = generator.next()
        traceID = TraceID(high: high, low: nonZero(&generator))
        spanID = nonZero(&generator)
        self.isSampled = isSampled
    }

    private init(traceID: TraceID, spanID: UInt64, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.isSampled = isSampled
    }

    /// The same trace, a span of its own.
    public func child(using generator: inout some RandomNumberGenerator) -> TraceContext {
        TraceContext(traceID: traceID, spanID: nonZero(&generator), isSampled: isSampled)
    }

    /// Strict: lower-case hexadecimal, no zero ids, version 00 of exactly 55 bytes. A later version may be
    /// longer, after another `-`, and is read as far as version 00 goes. `nil` means: start a new trace.
    public init?(traceparent: String) {
        let bytes = Array(traceparent.utf8.prefix(56))
        guard bytes.count >= 55, bytes[2] == dash, bytes[35] == dash, bytes[52] == dash,
            let version = hexadecimal(bytes[0..<2]), version != 0xFF,
            let high = hexadecimal(bytes[3..<19]), let low = hexadecimal(bytes[19..<35]),
            let span = hexadecimal(bytes[36..<52]), let flags = hexadecimal(bytes[53..<55])
        else { return nil }
        guard bytes.count == 55 || (version > 0 && bytes[55] == dash) else { return nil }
        guard high | low != 0, span != 0 else { return nil }
        self.init(
            traceID: TraceID(high: high, low: low),
            spanID: span,
            isSampled: flags & 1 == 1,
        )
    }

    /// What goes to the next hop. Flags that version 00 does not know are not passed on (§3.2.2.5).
    public var traceparent: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(55)
        bytes.append(contentsOf: "00-".utf8)
        bytes.append(hexadecimal: traceID.high, digitCount: 16)
        bytes.append(hexadecimal: traceID.low, digitCount: 16)
        bytes.append(dash)
        bytes.append(hexadecimal: spanID, digitCount: 16)
        bytes.append(contentsOf: (isSampled ? "-01" : "-00").utf8)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension TraceContext.TraceID: CustomStringConvertible {
    /// 32 hexadecimal digits.
    public var description: String {
        var bytes: [UInt8] = []
        bytes.append(hexadecimal: high, digitCount: 16)
        bytes.append(hexadecimal: low, digitCount: 16)
        return String(decoding: bytes, as: UTF8.self)
    }
}

private let dash = UInt8(ascii: "-")

private func nonZero(_ generator: inout some RandomNumberGenerator) -> UInt64 {
    while true {
        let value: UInt64 = generator.next()
        if value != 0 { return value }
    }
}

/// At most 16 digits, lower case only.
private func hexadecimal(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    var value: UInt64 = 0
    for byte in bytes {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            value = value << 4 | UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"):
            value = value << 4 | UInt64(byte - UInt8(ascii: "a") + 10)
        default: return nil
        }
    }
    return value
}
