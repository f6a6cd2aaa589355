import JSONText

/// As much of JSON Schema 2020-12 as the configuration's schema uses. An unknown keyword is an issue of
/// the schema, so that nothing is passed over in silence.
struct MiniSchema {
    let root: JSONValue
    /// Compiled once: that is most of the work.
    private let expressions: [String: Regex<AnyRegexOutput>]
    private static let annotations: Set<String> = [
        "$schema", "$id", "$defs", "title", "description", "default",
    ]

    init(_ bytes: [UInt8]) throws {
        root = try JSONValue(parsing: bytes)
        expressions = try Self.patterns(in: root).reduce(into: [:]) { $0[$1] = try Regex($1) }
    }

    private static func patterns(in value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: []) { patterns, member in
                if member.key == "pattern", case .string(let text) = member.value {
                    patterns.insert(text)
                }
                patterns.formUnion(Self.patterns(in: member.value))
            }
        case .array(let elements): Set(elements.flatMap { Self.patterns(in: $0) })
        default: []
        }
    }

    private func matches(_ text: String, _ pattern: String) throws -> Bool {
        guard let expression = expressions[pattern] else { throw UnknownKeyword(name: pattern) }
        return text.firstMatch(of: expression) != nil
    }

    func accepts(_ value: JSONValue) throws -> Bool { try accepts(value, root) }

    struct UnknownKeyword: Error { var name: String }

    private func accepts(_ value: JSONValue, _ schema: JSONValue) throws -> Bool {
        if case .bool(let flag) = schema { return flag }
        guard case .object(let members) = schema else { return false }
        for member in members where !Self.annotations.contains(member.key) {
            guard try holds(member, of: schema, for: value) else { return false }
        }
        return true
    }

    private func holds(
        _ keyword: JSONValue.Member,
        of schema: JSONValue,
        for value: JSONValue
    ) throws -> Bool {
        switch keyword.key {
        case "$ref": return try accepts(value, root["$defs"]?["secret"] ?? .bool(false))
        case "type": return isOfType(keyword.value, value)
        case "const": return keyword.value == value
        case "enum": return elements(keyword.value).contains(value)
        case "anyOf": return try elements(keyword.value).contains { try accepts(value, $0) }
        case "oneOf":
            return try elements(keyword.value).count { try accepts(value, $0) } == 1
        case "allOf": return try elements(keyword.value).allSatisfy { try accepts(value, $0) }
        case "if":
            return try !accepts(value, keyword.value) || accepts(value, schema["then"] ?? .null)
        case "then": return true
        case "items": return try elements(value).allSatisfy { try accepts($0, keyword.value) }
        default: return try holdsDetail(keyword, of: schema, for: value)
        }
    }

    private func holdsDetail(
        _ keyword: JSONValue.Member,
        of schema: JSONValue,
        for value: JSONValue
    ) throws -> Bool {
        switch keyword.key {
        case "required": return elements(keyword.value).allSatisfy { value[text($0)] != nil }
        case "properties":
            return try members(value).allSatisfy {
                try accepts($0.value, keyword.value[$0.key] ?? .bool(true))
            }
        case "additionalProperties":
            return try members(value).filter { schema["properties"]?[$0.key] == nil }
                .allSatisfy { try accepts($0.value, keyword.value) }
        case "minItems": return count(value) >= number(keyword.value)
        case "maxItems": return count(value) <= number(keyword.value)
        case "minimum": return !isNumber(value) || number(value) >= number(keyword.value)
        case "maximum": return !isNumber(value) || number(value) <= number(keyword.value)
        case "exclusiveMinimum": return !isNumber(value) || number(value) > number(keyword.value)
        case "minLength": return text(value).count >= Int(number(keyword.value))
        case "pattern": return try matches(text(value), text(keyword.value))
        default: throw UnknownKeyword(name: keyword.key)
        }
    }

    private func isOfType(_ type: JSONValue, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case (.string("object"), .object), (.string("array"), .array), (.string("string"), .string),
            (.string("boolean"), .bool), (.string("number"), .number):
            true
        case (.string("integer"), .number): number(value).rounded() == number(value)
        default: false
        }
    }

    private func isNumber(_ value: JSONValue) -> Bool {
        if case .number = value { true } else { false }
    }

    private func number(_ value: JSONValue) -> Double {
        if case .number(let text) = value { Double(text) ?? .nan } else { .nan }
    }

    private func text(_ value: JSONValue) -> String {
        if case .string(let text) = value { text } else { "" }
    }

    private func count(_ value: JSONValue) -> Double { Double(elements(value).count) }

    private func elements(_ value: JSONValue) -> [JSONValue] {
        if case .array(let elements) = value { elements } else { [] }
    }

    private func members(_ value: JSONValue) -> [JSONValue.Member] {
        if case .object(let members) = value { members } else { [] }
    }
}
