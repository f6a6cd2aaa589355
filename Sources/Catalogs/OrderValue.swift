import ImageModel

/// The value of one sort field of one row.
public enum OrderValue: Sendable, Hashable {
    /// Unknown: last in either direction.
    case none
    case number(Int64)
    /// Of a name the lower-cased text, of all texts at most `ImageOrder.textBytesMax` bytes.
    case text([UInt8])

    init(stored number: Int64) {
        self = RowColumns.stated(number).map { .number($0) } ?? .none
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

    /// The column of values that the field sorts by; `nil` for numbers and for the name.
    var column: Profile.Column? {
        switch self {
        case .distribution: .distribution
        case .version: .version
        case .provider: .provider
        case .region: .region
        case .name, .createdAt, .updatedAt, .sizeBytes, .minDiskGB: nil
        }
    }
}
