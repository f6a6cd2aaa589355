/// Writes compact JSON into bytes; commas place themselves. The caller keeps brackets balanced.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init(reservingCapacity capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    public var text: String { String(decoding: bytes, as: UTF8.self) }

    public mutating func beginObject() { open(UInt8(ascii: "{")) }
    public mutating func endObject() { close(UInt8(ascii: "}")) }
    public mutating func beginArray() { open(UInt8(ascii: "[")) }
    public mutating func endArray() { close(UInt8(ascii: "]")) }

    public mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        beginObject()
        try body(&self)
        endObject()
    }

    public mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        beginArray()
        try body(&self)
        endArray()
    }

    public mutating func key(_ name: String) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func string(_ value: String) {
        separate()
        quote(value)
    }

    public mutating func string(_ value: String?) {
        if let value { string(value) } else { null() }
    }

    public mutating func integer(_ value: some BinaryInteger) {
        guard let small = Int(exactly: value), small >= 0 else { return raw(String(value).utf8) }
        separate()
        // Digits come out last one first.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var (rest, start) = (small, digits.count)
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
        }
    }

    public mutating func bool(_ value: Bool) {
        raw((value ? "true" : "false").utf8)
    }

    public mutating func null() {
        raw("null".utf8)
    }

    /// One finished JSON value.
    public mutating func raw(_ value: some Sequence<UInt8>) {
        separate()
        bytes.append(contentsOf: value)
    }

    /// A part of the text that is the same each time, brackets and commas included; the caller keeps them
    /// balanced. What follows stands right behind it: a value, or another fragment.
    public mutating func fragment(_ text: StaticString) {
        bytes.append(
            contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        )
        needsComma = false
    }

    /// The same, for text that was made beforehand.
    public mutating func fragment(_ text: [UInt8]) {
        bytes.append(contentsOf: text)
        needsComma = false
    }

    // MARK: Members, the usual case

    public mutating func member(_ name: String, _ value: String?) {
        key(name)
        string(value)
    }

    public mutating func member(_ name: String, _ value: some BinaryInteger) {
        key(name)
        integer(value)
    }

    public mutating func member(_ name: String, optional value: (some BinaryInteger)?) {
        key(name)
        if let value { integer(value) } else { null() }
    }

    public mutating func member(_ name: String, _ value: Bool) {
        key(name)
        bool(value)
    }

    public mutating func member(_ name: String, _ values: [String]) {
        key(name)
        array { writer in values.forEach { writer.string($0) } }
    }

    // MARK: Bytes

    private mutating func open(_ bracket: UInt8) {
        separate()
        bytes.append(bracket)
        needsComma = false
    }

    private mutating func close(_ bracket: UInt8) {
        bytes.append(bracket)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = true
    }

    /// Most texts hold nothing to escape and are copied in one piece.
    private mutating func quote(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        let text = value.utf8.span
        if JSONWriter.needsEscape(text) {
            escape(value)
        } else {
            text.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Eight bytes at a time, the last ones by themselves.
    private static func needsEscape(_ text: Span<UInt8>) -> Bool {
        var offset = 0
        while offset + 8 <= text.count {
            let lane = text.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if needsEscape(lane) { return true }
            offset += 8
        }
        // Blanks in the places of the bytes that are not there.
        var rest: UInt64 = 0x2020_2020_2020_2020
        while offset < text.count {
            rest = rest << 8 | UInt64(text[offset])
            offset += 1
        }
        return needsEscape(rest)
    }

    private static func needsEscape(_ lane: UInt64) -> Bool {
        let deletes = ((lane ^ (ByteLanes.ones &* 0x7F)) &- ByteLanes.ones) & ~lane
        return (ByteLanes.textEnds(lane) | deletes & ByteLanes.highBits) != 0
    }

    private mutating func escape(_ value: String) {
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: [0x5C, UInt8(ascii: "n")])
            case 0x0D: bytes.append(contentsOf: [0x5C, UInt8(ascii: "r")])
            case 0x09: bytes.append(contentsOf: [0x5C, UInt8(ascii: "t")])
            case 0..<0x20, 0x7F: escape(byte)
            default: bytes.append(byte)
            }
        }
    }

    private mutating func escape(_ byte: UInt8) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: Array("\\u00".utf8))
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
    }
}
