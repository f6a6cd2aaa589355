import ImageModel

/// The value of one sort field of one row.
public enum OrderValue: Sendable, Hashable {
    /// Unknown: last in either direction.
    case none
    case number(Int64)
    /// Of a name the lower-cased text, of all texts at most `ImageOrder.textBytesMax` bytes.
    case text([UInt8])

    static func text(_ text: String?) -> [UInt8] {
        Array((text ?? "").utf8.prefix(ImageOrder.textBytesMax))
    }

    /// Negative when `left` comes first in the term's direction.
    static func compare(_ left: OrderValue, _ right: OrderValue, _ term: ImageOrder.Term) -> Int {
        let result: Int
        switch (left, right) {
        case (.none, .none): return 0
        case (.none, _): return 1
        case (_, .none): return -1
        case (.number(let left), .number(let right)):
            result = left < right ? -1 : left > right ? 1 : 0
        case (.text(let left), .text(let right)):
            result =
                term.field == .version
                ? VersionOrder.compare(left, right) : ByteOrder.compare(left, right)
        // A field has one kind of value, and decoding checks it.
        case (.number, .text): return -1
        case (.text, .number): return 1
        }
        return term.descending ? -result : result
    }
}

extension ImageOrder.Field {
    /// Whether the field's values are numbers; dates are microseconds since the epoch.
    var isNumber: Bool {
        switch self {
        case .createdAt, .updatedAt, .sizeBytes, .minDiskGB: true
        case .name, .distribution, .version, .provider, .region: false
        }
    }
}
