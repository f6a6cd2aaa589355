/// Spans as the body of an OTLP/HTTP export, in its JSON encoding: ids in hexadecimal, 64-bit integers and
/// nanoseconds as strings, enums as numbers, names in lowerCamelCase.
/// Source: https://opentelemetry.io/docs/specs/otlp/ "JSON Protobuf Encoding" (1.7), opentelemetry-proto
/// `trace/v1/trace.proto`.
public struct OTLPTraces: Sendable {
    /// Who sends: attributes of the resource, such as `service.name`.
    public var resource: [TraceSpan.Attribute]
    public var scope: String
    public var scopeVersion: String

    /// Upper bound on bytes of a text before escaping.
    static let textBytesMax = 1_024
    private static let statusError = 2

    public init(resource: [TraceSpan.Attribute], scope: String, scopeVersion: String) {
        self.resource = resource
        self.scope = scope
        self.scopeVersion = scopeVersion
    }

    /// An `ExportTraceServiceRequest`.
    public func body(_ spans: [TraceSpan]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + spans.count * 768)
        bytes.append(contentsOf: "{\"resourceSpans\":[{\"resource\":{".utf8)
        append(resource, to: &bytes)
        bytes.append(contentsOf: "},\"scopeSpans\":[{\"scope\":{\"name\":".utf8)
        append(text: scope, to: &bytes)
        bytes.append(contentsOf: ",\"version\":".utf8)
        append(text: scopeVersion, to: &bytes)
        bytes.append(contentsOf: "},\"spans\":[".utf8)
        for (index, span) in spans.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(span, to: &bytes)
        }
        bytes.append(contentsOf: "]}]}]}".utf8)
        return bytes
    }

    private func append(_ span: TraceSpan, to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "{\"traceId\":\"".utf8)
        bytes.append(hexadecimal: span.context.traceID.high, digitCount: 16)
        bytes.append(hexadecimal: span.context.traceID.low, digitCount: 16)
        bytes.append(contentsOf: "\",\"spanId\":\"".utf8)
        bytes.append(hexadecimal: span.context.spanID, digitCount: 16)
        if let parentID = span.parentID {
            bytes.append(contentsOf: "\",\"parentSpanId\":\"".utf8)
            bytes.append(hexadecimal: parentID, digitCount: 16)
        }
        bytes.append(UInt8(ascii: "\""))
        if let state = span.state {
            bytes.append(contentsOf: ",\"traceState\":".utf8)
            append(text: state.value, to: &bytes)
        }
        // The sampled flag of W3C, in the lowest byte (`SpanFlags`).
        bytes.append(contentsOf: ",\"flags\":\(span.context.isSampled ? 1 : 0),\"name\":".utf8)
        append(text: span.name, to: &bytes)
        let start = span.start * 1_000
        let end = start + max(0, span.duration.wholeNanoseconds)
        bytes.append(contentsOf: ",\"kind\":\(span.kind.rawValue)".utf8)
        bytes.append(contentsOf: ",\"startTimeUnixNano\":\"\(start)\"".utf8)
        bytes.append(contentsOf: ",\"endTimeUnixNano\":\"\(end)\",".utf8)
        append(Array(span.attributes.prefix(TraceSpan.attributeCountMax)), to: &bytes)
        append(error: span.error, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Servers and clients leave the status of what went well unset, as the conventions for HTTP ask.
    private func append(error: String?, to bytes: inout [UInt8]) {
        guard let error else { return bytes.append(contentsOf: ",\"status\":{}".utf8) }
        bytes.append(contentsOf: ",\"status\":{\"code\":\(Self.statusError),\"message\":".utf8)
        append(text: error, to: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    private func append(_ attributes: [TraceSpan.Attribute], to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\"attributes\":[".utf8)
        for (index, attribute) in attributes.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: "{\"key\":".utf8)
            append(text: attribute.name, to: &bytes)
            bytes.append(contentsOf: ",\"value\":{".utf8)
            switch attribute.value {
            case .text(let text):
                bytes.append(contentsOf: "\"stringValue\":".utf8)
                append(text: text, to: &bytes)
            case .integer(let number):
                bytes.append(contentsOf: "\"intValue\":\"\(number)\"".utf8)
            case .flag(let flag):
                bytes.append(contentsOf: "\"boolValue\":\(flag)".utf8)
            }
            bytes.append(contentsOf: "}}".utf8)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private func append(text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        bytes.append(jsonEscaped: text, bytesMax: Self.textBytesMax)
        bytes.append(UInt8(ascii: "\""))
    }
}
