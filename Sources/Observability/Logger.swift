/// Turns what happened into lines of JSON for a sink. A value: pass it where something may happen.
public struct Logger: Sendable {
    /// Records below it cost a comparison.
    public var level: LogLevel
    /// Put before each record's own fields.
    public var fields: [LogRecord.Field]
    private let date: @Sendable () -> Int64
    private let sink: @Sendable ([UInt8]) -> Void

    /// `date` yields microseconds since 1970-01-01T00:00:00Z. `sink` takes one line, newline included, on the
    /// caller's thread.
    public init(
        level: LogLevel = .info,
        fields: [LogRecord.Field] = [],
        date: @escaping @Sendable () -> Int64,
        sink: @escaping @Sendable ([UInt8]) -> Void,
    ) {
        self.level = level
        self.fields = fields
        self.date = date
        self.sink = sink
    }

    /// Drops everything.
    public static var silent: Logger {
        Logger(level: .error, date: { 0 }, sink: { _ in })
    }

    /// The same sink with more fields on every record.
    public func adding(_ fields: LogRecord.Field...) -> Logger {
        var logger = self
        logger.fields += fields
        return logger
    }

    public func isEnabled(_ level: LogLevel) -> Bool {
        level >= self.level
    }

    /// Field values are computed only where the level is enabled.
    public func log(
        _ level: LogLevel,
        _ message: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:],
    ) {
        guard isEnabled(level) else { return }
        var line = LogLine(time: date(), level: level, message: message)
        for field in self.fields { line.append(field.name, field.value) }
        for (name, value) in fields() { line.append(name, value) }
        var bytes: [UInt8] = []
        line.finish(into: &bytes)
        sink(bytes)
    }

    public func debug(
        _ message: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) {
        log(.debug, message, fields())
    }

    public func info(
        _ message: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) {
        log(.info, message, fields())
    }

    public func warning(
        _ message: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) {
        log(.warning, message, fields())
    }

    public func error(
        _ message: String,
        _ fields: @autoclosure () -> KeyValuePairs<String, LogValue> = [:]
    ) {
        log(.error, message, fields())
    }
}
