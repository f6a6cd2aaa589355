internal import JSONText

/// A JSON object whose keys are unique at every depth. RFC 7515 §4 and RFC 7519 §4 leave it open whether the first or
/// the last of two counts, so a signer and a checker could read different tokens; here such a text is none.
struct StrictObject {
    private let value: JSONValue

    /// Deeper claims than this mean nothing to us.
    private static let depthMax = 16

    init?(_ bytes: [UInt8], byteCountMax: Int) {
        let limits = JSONLimits(depthMax: Self.depthMax, byteCountMax: byteCountMax)
        guard let value = try? JSONValue(parsing: bytes, limits: limits),
            value.objectValue != nil, Self.isUnique(value)
        else { return nil }
        self.value = value
    }

    init?(_ value: JSONValue) {
        guard value.objectValue != nil, Self.isUnique(value) else { return nil }
        self.value = value
    }

    /// Keys are compared byte by byte.
    subscript(key: String) -> JSONValue? {
        value.objectValue?.first { SameBytes.areSame($0.key, key) }?.value
    }

    /// `nil` for a value that is no text, and for an absent one.
    func text(_ key: String) -> String? { self[key]?.stringValue }

    /// Whether the member is there and no text.
    func isOdd(_ key: String) -> Bool { self[key] != nil && text(key) == nil }

    private static func isUnique(_ value: JSONValue) -> Bool {
        switch value {
        case .object(let members):
            Set(members.map(\.key)).count == members.count
                && members.allSatisfy { isUnique($0.value) }
        case .array(let elements): elements.allSatisfy(isUnique)
        default: true
        }
    }
}
