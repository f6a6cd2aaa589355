import Testing

/// One text of a conformance table: what it shows, and its bytes.
struct JSONCase: Sendable, CustomTestStringConvertible {
    let title: String
    let bytes: [UInt8]

    init(_ title: String, _ text: String) {
        self.init(title, bytes: Array(text.utf8))
    }

    init(_ title: String, bytes: [UInt8]) {
        self.title = title
        self.bytes = bytes
    }

    /// A string of these raw bytes, in an array.
    init(_ title: String, inString bytes: [UInt8]) {
        self.init(title, bytes: Array("[\"".utf8) + bytes + Array("\"]".utf8))
    }

    var testDescription: String { title }
}
