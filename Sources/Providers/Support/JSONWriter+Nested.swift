internal import JSONText

extension JSONWriter {
    /// A member whose value is an object.
    mutating func nested(_ name: String, _ body: (inout JSONWriter) -> Void) {
        key(name)
        object(body)
    }

    /// A document that is an object with one member, itself an object.
    mutating func object(in name: String, _ body: (inout JSONWriter) -> Void) {
        object { $0.nested(name, body) }
    }
}
