import JSONText

/// Lays a JSON value out for people: what fits on a line stands on it.
struct JSONLayout {
    static let columnsMax = 100

    private var lines = ""

    /// The text, ending in a line end. Linear in the text for each level of depth.
    static func text(_ value: JSONValue) -> String {
        var layout = JSONLayout()
        layout.write(value, depth: 0, reserved: 0)
        return layout.lines + "\n"
    }

    /// On one line: `{ "a": 1, "b": [2, 3] }`.
    static func inline(_ value: JSONValue) -> String {
        switch value {
        case .object(let members) where members.isEmpty: return "{}"
        case .object(let members):
            let parts = members.map { "\(quoted($0.key)): \(inline($0.value))" }
            return "{ \(parts.joined(separator: ", ")) }"
        case .array(let elements): return "[\(elements.map(inline).joined(separator: ", "))]"
        case .string(let text): return quoted(text)
        case .number(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .null: return "null"
        }
    }

    static func quoted(_ text: String) -> String {
        var writer = JSONWriter()
        writer.string(text)
        return writer.text
    }

    /// `reserved` columns of the line are taken by a key before and a comma after the value.
    private mutating func write(_ value: JSONValue, depth: Int, reserved: Int) {
        let line = Self.inline(value)
        if depth > 0, depth * 2 + reserved + line.count <= Self.columnsMax {
            lines += line
            return
        }
        switch value {
        case .object(let members):
            block("{", "}", members, depth) { layout, member in
                let key = Self.quoted(member.key) + ": "
                layout.lines += key
                layout.write(member.value, depth: depth + 1, reserved: key.count + 1)
            }
        case .array(let elements):
            block("[", "]", elements, depth) { layout, element in
                layout.write(element, depth: depth + 1, reserved: 1)
            }
        default: lines += line
        }
    }

    private mutating func block<Element>(
        _ open: String,
        _ close: String,
        _ elements: [Element],
        _ depth: Int,
        _ write: (inout JSONLayout, Element) -> Void
    ) {
        lines += open
        for (index, element) in elements.enumerated() {
            lines += (index == 0 ? "\n" : ",\n") + String(repeating: "  ", count: depth + 1)
            write(&self, element)
        }
        lines += "\n" + String(repeating: "  ", count: depth) + close
    }
}
