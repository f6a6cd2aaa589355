import Upstreams

/// Writes commented JSON5 for people to copy from.
struct ExampleWriter {
    static let columnsMax = 100

    private(set) var text = ""
    private var depth = 0

    /// Comments wrap at `columnsMax`.
    mutating func comment(_ sentences: String) {
        var row = "//"
        for word in sentences.split(separator: " ") {
            if depth * 2 + row.count + 1 + word.count > Self.columnsMax {
                line(row)
                row = "//"
            }
            row += " \(word)"
        }
        line(row)
    }

    mutating func line(_ content: String) {
        text += String(repeating: "  ", count: depth) + content + "\n"
    }

    mutating func open(_ content: String) {
        line(content)
        depth += 1
    }

    mutating func close(_ content: String) {
        depth -= 1
        line(content)
    }

    /// The comment, then the example, the default or the keys within.
    mutating func write(_ key: SchemaKey) {
        comment(key.documentation)
        switch key.kind {
        case .object(let object): write(object, "\(key.name): {", "},")
        case .list(.object(let object), _) where !object.choice.isEmpty:
            open("\(key.name): [")
            for choice in object.choice { write(object, choosing: choice) }
            close("],")
        case .list(.object(let object), _): write(object, "\(key.name): [{", "}],")
        default:
            let value = key.example ?? key.standard.map { JSONLayout.inline($0.json) } ?? "null"
            line("\(key.name): \(value),")
        }
    }

    private mutating func write(_ object: SchemaObject, _ head: String, _ tail: String) {
        open(head)
        for key in object.keys {
            // What would be one too many stands beside it, for people to swap.
            if object.choice.dropFirst().contains(key.name), let example = key.example {
                comment("\(key.documentation) Instead: \(key.name): \(example)")
            } else {
                write(key)
            }
        }
        close(tail)
    }

    /// The first choice with every key that goes with it, the others with what they need.
    private mutating func write(_ object: SchemaObject, choosing choice: String) {
        let isFirst = choice == object.choice.first
        open("{")
        for key in object.keys {
            if key.name == "id", !isFirst {
                line("id: \"\(choice)-client\",")
            } else if key.name == choice || key.isRequired
                || (isFirst && !object.choice.contains(key.name))
            {
                write(key)
            }
        }
        close("},")
    }

    /// `credentials: { token: { env: "GMI_TOKEN" } },`, a line for each member where there are several.
    mutating func credentials(_ form: ProviderDescriptor.CredentialForm, provider: String) {
        let prefix = String(provider.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
        let members = form.required.map { key in
            "\(key): { env: \"\(prefix)_\(key.uppercased())\" }"
        }
        if members.count == 1 { return line("credentials: { \(members.joined()) },") }
        open("credentials: {")
        for member in members { line("\(member),") }
        close("},")
    }
}
