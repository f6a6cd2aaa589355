/// Field lines as they are sent: `name: value` and CRLF each, in order. What answers need thousands of times a
/// second is written here once, without a text of its own for every name and value.
public struct HTTPFieldLines: Sendable, Hashable {
    public private(set) var bytes: [UInt8] = []

    public init() {}

    public var isEmpty: Bool { bytes.isEmpty }

    /// A field of that lower-case name, which is a token and none of the server's own (`date`,
    /// `content-length`, `connection`); `write` says its value.
    public mutating func append(_ name: StaticString, _ write: (inout HTTPFieldValue) -> Void) {
        if bytes.isEmpty { bytes.reserveCapacity(1_024) }
        bytes.append(ascii: name)
        bytes.append(ascii: ": ")
        var value = HTTPFieldValue(bytes: bytes.take())
        write(&value)
        bytes = value.bytes
        bytes.append(ascii: "\r\n")
    }

    public mutating func append(_ name: StaticString, literal: StaticString) {
        append(name) { $0.literal(literal) }
    }

    public mutating func append(_ name: StaticString, _ value: String) {
        append(name) { $0.text(value) }
    }

    /// The same fields one by one.
    public var fields: [HTTPField] {
        bytes.split(separator: UInt8(ascii: "\n")).map { line in
            let name = line.prefix { $0 != UInt8(ascii: ":") }
            return HTTPField(
                String(decoding: name, as: UTF8.self),
                String(decoding: line.dropFirst(name.count + 2).dropLast(), as: UTF8.self)
            )
        }
    }
}

/// A field's value while it is written. A control character would split the answer; it becomes a space.
public struct HTTPFieldValue: ~Copyable {
    fileprivate var bytes: [UInt8]

    fileprivate init(bytes: consuming [UInt8]) {
        self.bytes = bytes
    }

    public mutating func literal(_ text: StaticString) {
        bytes.append(ascii: text)
    }

    public mutating func text(_ text: String) {
        self.text(text.utf8.span)
    }

    public mutating func text(_ text: Span<UInt8>) {
        let start = bytes.count
        text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        // Without a branch the loop takes many bytes at once.
        var controls: UInt8 = 0
        for index in text.indices {
            controls |= (text[index] < 0x20 ? 1 : 0) | (text[index] == 0x7F ? 1 : 0)
        }
        if controls == 0 { return }
        for index in start..<bytes.count where !bytes[index].isFieldContent {
            bytes[index] = .space
        }
    }

    /// What `write` appends is printable ASCII.
    public mutating func ascii(_ write: (inout [UInt8]) -> Void) {
        write(&bytes)
    }

    /// In decimal digits.
    public mutating func number(_ number: Int64) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        bytes.append(decimal: Int(clamping: number.magnitude))
    }

    /// Sixteen hexadecimal digits.
    public mutating func hexadecimal(_ number: UInt64) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: number >> UInt64(shift)) & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }
}

extension [UInt8] {
    /// These bytes, which are left empty: who gets them is their only owner.
    fileprivate mutating func take() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &self)
        return taken
    }
}
