/// Writes one log record as a line of JSON without an intermediate tree: `time`, `level`, `message`, then the
/// fields in order. Names are ours; values may come from anybody, so they are bounded and escaped.
///
/// On a hot path keep one `[UInt8]` per loop and write into it: `LogLine(…, reusing: &buffer)`.
public struct LogLine: ~Copyable {
    /// Upper bound on UTF-8 bytes of a message or a text field before escaping. What is longer is cut at a
    /// character and ends with `…`.
    public static let textBytesMax = 1_024
    /// Upper bound on fields; further ones are dropped.
    public static let fieldCountMax = 32

    private var bytes: [UInt8]
    private var fieldCount = 0

    /// `time` in microseconds since 1970-01-01T00:00:00Z.
    public init(time: Int64, level: LogLevel, message: String) {
        bytes = []
        bytes.reserveCapacity(256)
        begin(time, level, message)
    }

    /// Takes `buffer`'s storage and appends to what it holds; `finish(into:)` gives it back.
    public init(time: Int64, level: LogLevel, message: String, reusing buffer: inout [UInt8]) {
        bytes = []
        swap(&bytes, &buffer)
        begin(time, level, message)
    }

    /// A record of its own kind, such as one of the access log: `time`, then the fields, neither level nor
    /// message. Takes `buffer`'s storage like the other one.
    public init(time: Int64, reusing buffer: inout [UInt8]) {
        bytes = []
        swap(&bytes, &buffer)
        begin(time)
    }

    public mutating func append(_ name: String, _ value: LogValue) {
        switch value {
        case .string(let text): append(name, text)
        case .integer(let number): append(name, number)
        case .boolean(let flag): append(name, flag)
        case .duration(let duration): append(name, duration)
        case .redacted: append(name, "«redacted»")
        }
    }

    public mutating func append(_ name: String, _ text: String) {
        guard beginField(name) else { return }
        appendText(text)
    }

    public mutating func append(_ name: String, _ text: Span<UInt8>) {
        guard beginField(name) else { return }
        bytes.append(UInt8(ascii: "\""))
        bytes.append(jsonEscaped: text, bytesMax: Self.textBytesMax)
        bytes.append(UInt8(ascii: "\""))
    }

    /// `null` for a text that is not there.
    public mutating func append(_ name: String, optional text: String?) {
        guard beginField(name) else { return }
        if let text { appendText(text) } else { bytes.append(contentsOf: "null".utf8) }
    }

    public mutating func append(_ name: String, _ id: RequestID) {
        guard beginField(name) else { return }
        bytes.append(UInt8(ascii: "\""))
        id.append(to: &bytes)
        bytes.append(UInt8(ascii: "\""))
    }

    public mutating func append(_ name: String, _ number: Int) {
        guard beginField(name) else { return }
        bytes.append(decimal: number)
    }

    public mutating func append(_ name: String, _ flag: Bool) {
        guard beginField(name) else { return }
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    /// In milliseconds, with microseconds behind the point.
    public mutating func append(_ name: String, _ duration: Duration) {
        guard beginField(name) else { return }
        let (seconds, attoseconds) = duration.components
        bytes.append(thousandths: Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000))
    }

    /// Ends the line. `buffer` is replaced where the line was begun with it, else appended to.
    public consuming func finish(into buffer: inout [UInt8]) {
        bytes.append(contentsOf: "}\n".utf8)
        if buffer.isEmpty { buffer = bytes } else { buffer.append(contentsOf: bytes) }
    }

    private mutating func begin(_ time: Int64) {
        bytes.append(contentsOf: "{\"time\":\"".utf8)
        bytes.append(timeMicroseconds: time)
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func begin(_ time: Int64, _ level: LogLevel, _ message: String) {
        begin(time)
        bytes.append(contentsOf: ",\"level\":\"".utf8)
        bytes.append(
            contentsOf: UnsafeBufferPointer(
                start: level.name.utf8Start,
                count: level.name.utf8CodeUnitCount
            )
        )
        bytes.append(contentsOf: "\",\"message\":".utf8)
        appendText(message)
    }

    private mutating func beginField(_ name: String) -> Bool {
        guard fieldCount < Self.fieldCountMax else { return false }
        fieldCount += 1
        bytes.append(UInt8(ascii: ","))
        appendText(name)
        bytes.append(UInt8(ascii: ":"))
        return true
    }

    private mutating func appendText(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(jsonEscaped: text, bytesMax: Self.textBytesMax)
        bytes.append(UInt8(ascii: "\""))
    }
}
