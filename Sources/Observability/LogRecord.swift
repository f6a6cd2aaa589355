/// One thing that happened.
public struct LogRecord: Sendable, Hashable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public var time: Int64
    public var level: LogLevel
    /// What happened, as a constant sentence; what varies goes into the fields.
    public var message: String
    /// In order.
    public var fields: [Field]

    public struct Field: Sendable, Hashable {
        public var name: String
        public var value: LogValue

        public init(_ name: String, _ value: LogValue) {
            self.name = name
            self.value = value
        }
    }

    public init(time: Int64, level: LogLevel, message: String, fields: [Field] = []) {
        self.time = time
        self.level = level
        self.message = message
        self.fields = fields
    }

    /// Appends the record as one line of JSON, newline included.
    public func append(to bytes: inout [UInt8]) {
        var line = LogLine(time: time, level: level, message: message)
        for field in fields { line.append(field.name, field.value) }
        line.finish(into: &bytes)
    }
}
