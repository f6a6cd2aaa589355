import JSONText

/// Holds values against the schemas of a document, as far as the document uses JSON Schema.
struct SchemaChecker {
    let document: JSONValue

    /// What is wrong with `value`, each with its place; empty when it conforms. Members that the schema
    /// does not name count as wrong.
    func complaints(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        if let reference = schema["$ref"]?.stringValue {
            guard let target = resolve(reference) else {
                return ["\(place): \(reference) is nowhere"]
            }
            return complaints(value, target, at: place)
        }
        if let choices = schema["oneOf"]?.arrayValue {
            let results = choices.map { complaints(value, $0, at: place) }
            return results.contains { $0.isEmpty } ? [] : results.first ?? []
        }
        guard isOfType(value, schema) else { return ["\(place): is of another type"] }
        if let words = schema["enum"]?.arrayValue, !words.contains(value) {
            return ["\(place): is not in the vocabulary"]
        }
        return members(value, schema, place) + elements(value, schema, place)
    }

    func resolve(_ reference: String) -> JSONValue? {
        reference.split(separator: "/").dropFirst().reduce(Optional(document)) { $0?[String($1)] }
    }

    private func isOfType(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        guard let type = schema["type"] else { return true }
        let names = type.arrayValue?.compactMap(\.stringValue) ?? [type.stringValue ?? ""]
        return names.contains { name in
            switch value {
            case .object: name == "object"
            case .array: name == "array"
            case .string: name == "string"
            case .number(let text): name == "integer" && Int(text) != nil || name == "number"
            case .bool: name == "boolean"
            case .null: name == "null"
            }
        }
    }

    private func members(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard let members = value.objectValue else { return [] }
        let required = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
        let missing = required.filter { value[$0] == nil }.map { "\(place): \($0) is missing" }
        return missing
            + members.flatMap { member in
                let known = schema["properties"]?[member.key] ?? schema["additionalProperties"]
                guard let known else {
                    return schema["properties"] == nil
                        ? [] : ["\(place): \(member.key) is not documented"]
                }
                return complaints(member.value, known, at: "\(place).\(member.key)")
            }
    }

    private func elements(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        guard let elements = value.arrayValue, let item = schema["items"] else { return [] }
        return elements.enumerated().flatMap { complaints($1, item, at: "\(place)[\($0)]") }
    }
}
