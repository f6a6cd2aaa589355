/// The header fields of an answer, in order and as they came. A cloud sends a dozen, of which one or two are ever asked
/// for, so they become text when they are.
public struct UpstreamFields: Sendable, Hashable, Sequence {
    private var bytes: [UInt8] = []
    private var places: [Place] = []

    /// Where a name and the value behind it end; the name begins where the field before ends.
    private struct Place: Hashable {
        var nameEnd: Int
        var end: Int
    }

    public init() {}

    public init(_ fields: some Sequence<UpstreamField>) {
        for field in fields { append(name: field.name.utf8.span, value: field.value.utf8.span) }
    }

    public var count: Int { places.count }

    public mutating func append(name: Span<UInt8>, value: Span<UInt8>) {
        if places.isEmpty {
            bytes.reserveCapacity(512)
            places.reserveCapacity(16)
        }
        let start = bytes.count
        name.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        value.withUnsafeBufferPointer { bytes.append(contentsOf: $0) }
        places.append(Place(nameEnd: start + name.count, end: bytes.count))
    }

    /// The value of the first field of that name, compared without case (ASCII). What is no UTF-8 reads as U+FFFD.
    public func value(of name: String) -> String? {
        let wanted = name.utf8.span
        var start = 0
        for place in places {
            if place.nameEnd - start == wanted.count, isNamed(wanted, at: start) {
                return String(decoding: bytes[place.nameEnd..<place.end], as: UTF8.self)
            }
            start = place.end
        }
        return nil
    }

    private func isNamed(_ name: Span<UInt8>, at start: Int) -> Bool {
        name.indices.allSatisfy {
            UpstreamField.lowered(bytes[start + $0]) == UpstreamField.lowered(name[$0])
        }
    }

    public func makeIterator() -> Array<UpstreamField>.Iterator {
        var start = 0
        let fields = places.map { place in
            defer { start = place.end }
            return UpstreamField(
                String(decoding: bytes[start..<place.nameEnd], as: UTF8.self),
                String(decoding: bytes[place.nameEnd..<place.end], as: UTF8.self)
            )
        }
        return fields.makeIterator()
    }
}
