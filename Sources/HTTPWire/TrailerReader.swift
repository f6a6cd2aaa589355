/// The trailer section (RFC 9112 §7.1.2): checked line by line, bounded, dropped. Merging trailers
/// into the head is never safe (RFC 9110 §6.5.1).
struct TrailerReader: Sendable {
    private var line: [UInt8] = []
    private var byteCount = 0
    private var lineCount = 0

    /// `true` with the line feed that ends the section.
    mutating func take(_ byte: UInt8, _ limits: ServerLimits) throws(RequestRefusal) -> Bool {
        byteCount += 1
        guard byteCount <= limits.trailerBytesMax else { throw RequestRefusal(.trailerTooLarge) }
        guard byte == .lineFeed else {
            line.append(byte)
            return false
        }
        guard line.popLast() == .carriageReturn else { throw RequestRefusal(.bareLineFeed) }
        guard !line.isEmpty else { return true }
        lineCount += 1
        guard lineCount <= limits.fieldCountMax else { throw RequestRefusal(.tooManyFields) }
        _ = try FieldLine.parse(line.span, 0..<line.count)
        line.removeAll(keepingCapacity: true)
        return false
    }
}
