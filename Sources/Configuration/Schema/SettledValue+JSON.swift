import JSONText

extension SettledValue {
    /// As it is written in a configuration; secrets never are.
    var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .address(let address): .string(address.description)
        case .integer(let value): .number(String(value))
        case .number(let value): .number(String(value))
        case .flag(let flag): .bool(flag)
        case .duration(let duration): .string(DurationText.text(of: duration))
        case .size(let bytes): .string(SizeText.text(of: bytes))
        case .secret: .null
        case .object(let object):
            .object(object.members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.json) })
        case .list(let elements): .array(elements.map { $0?.json ?? .null })
        }
    }
}
