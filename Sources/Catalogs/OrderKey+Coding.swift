public import ImageModel

/// Bytes: for each term a kind and its value, then the id. Texts are led by their length, numbers are
/// big-endian. The order itself is not part of them: whoever keeps the key keeps the order.
extension OrderKey {
    /// Bytes of an id that is decoded.
    static let idBytesMax = 16_384

    private enum Kind: UInt8 { case none, number, text }

    public func encoded() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encodedByteCount)
        encode(to: &bytes)
        return bytes
    }

    /// Bytes that `encode` appends.
    public var encodedByteCount: Int {
        values.reduce(4 + id.count) { sum, value in
            switch value {
            case .none: sum + 1
            case .number: sum + 9
            case .text(let text): sum + 5 + text.count
            }
        }
    }

    public func encode(to bytes: inout [UInt8]) {
        for value in values { OrderKey.append(value, to: &bytes) }
        OrderKey.append(UInt64(id.count), byteCount: 4, to: &bytes)
        bytes += id
    }

    /// `nil` for anything that `encoded()` does not write for that order.
    public init?(decoding bytes: some Collection<UInt8>, order: ImageOrder) {
        var reader = KeyReader(bytes: Array(bytes))
        var values: [OrderValue] = []
        for term in order.terms {
            guard let value = OrderKey.read(term.field, from: &reader) else { return nil }
            values.append(value)
        }
        guard let id = reader.text(byteCountMax: OrderKey.idBytesMax), reader.isAtEnd else {
            return nil
        }
        self.init(values: values, id: id)
    }

    private static func append(_ value: OrderValue, to bytes: inout [UInt8]) {
        switch value {
        case .none: bytes.append(Kind.none.rawValue)
        case .number(let number):
            bytes.append(Kind.number.rawValue)
            append(UInt64(bitPattern: number), byteCount: 8, to: &bytes)
        case .text(let text):
            bytes.append(Kind.text.rawValue)
            append(UInt64(text.count), byteCount: 4, to: &bytes)
            bytes += text
        }
    }

    private static func append(_ number: UInt64, byteCount: Int, to bytes: inout [UInt8]) {
        for index in (0..<byteCount).reversed() {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(index * 8)))
        }
    }

    private static func read(_ field: ImageOrder.Field, from reader: inout KeyReader) -> OrderValue?
    {
        switch reader.number(byteCount: 1).flatMap({ Kind(rawValue: UInt8($0)) }) {
        case nil: nil
        case .some(.none): OrderValue.none
        case .number:
            field.isNumber
                ? reader.number(byteCount: 8).map { .number(Int64(bitPattern: $0)) } : nil
        case .text:
            field.isNumber
                ? nil : reader.text(byteCountMax: ImageOrder.textBytesMax).map { .text($0) }
        }
    }
}

private struct KeyReader {
    let bytes: [UInt8]
    private var offset = 0

    init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { offset == bytes.count }

    mutating func number(byteCount: Int) -> UInt64? {
        guard bytes.count - offset >= byteCount else { return nil }
        let digits = bytes[offset..<offset + byteCount]
        offset += byteCount
        return digits.reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func text(byteCountMax: Int) -> [UInt8]? {
        guard let count = number(byteCount: 4), count <= UInt64(byteCountMax),
            bytes.count - offset >= Int(count)
        else { return nil }
        defer { offset += Int(count) }
        return Array(bytes[offset..<offset + Int(count)])
    }
}
