/// `field-name ":" OWS field-value OWS` (RFC 9112 §5).
enum FieldLine {
    static func parse(
        _ bytes: Span<UInt8>,
        _ line: Range<Int>
    ) throws(RequestRefusal) -> RequestHead.Field {
        // §5.2: obs-fold, and §2.2: whitespace before the first field line.
        if bytes[line.lowerBound].isBlank { throw RequestRefusal(.foldedField) }
        var index = line.lowerBound
        while index < line.upperBound, ByteSet.token.contains(bytes[index]) { index += 1 }
        // §5.1: no whitespace between name and colon; a name is a token (RFC 9110 §5.1).
        guard index > line.lowerBound, index < line.upperBound, bytes[index] == UInt8(ascii: ":")
        else {
            throw RequestRefusal(.invalidFieldName)
        }
        let value = bytes.trimmed((index + 1)..<line.upperBound)
        for position in value where !bytes[position].isFieldContent {
            throw RequestRefusal(.invalidFieldValue)
        }
        return RequestHead.Field(name: line.lowerBound..<index, value: value)
    }
}
