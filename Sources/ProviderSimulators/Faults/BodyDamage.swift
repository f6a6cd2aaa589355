import JSONText

/// Answers that are no longer what their documentation says. Rows are found by their shape: the first list of
/// objects of a document.
enum BodyDamage {
    static func apply(_ rule: FaultRule, to body: [UInt8], memory: inout JSONValue?) -> [UInt8] {
        switch rule.fault {
        case .malformedJSON: Array(body.prefix(body.count / 2))
        case .invalidUTF8: withInvalidBytes(body)
        case .deepNesting: nesting(rule.bytes ?? 100_000)
        case .wrongTypes: rewritten(body) { rows($0, eachMember: wrongType) }
        case .nulls: rewritten(body) { rows($0) { _ in .null } }
        case .absurdNumbers: rewritten(body) { rows($0, eachMember: absurd) }
        case .controlCharacters: rewritten(body) { rows($0, eachMember: controlled) }
        case .lyingTotal: rewritten(body, lyingTotal)
        case .foreignNext: rewritten(body) { withNext($0, rule.target) }
        case .repeatedImage: repeatedImage(body, &memory)
        default: body
        }
    }

    private static func rewritten(
        _ body: [UInt8],
        _ change: (JSONValue) -> JSONValue
    ) -> [UInt8] {
        guard let value = try? JSONValue(parsing: body) else { return body }
        var writer = JSONWriter()
        change(value).write(to: &writer)
        return writer.bytes
    }

    // MARK: Rows

    /// Changes the members of every row.
    private static func rows(
        _ value: JSONValue,
        eachMember change: (JSONValue.Member) -> JSONValue
    ) -> JSONValue {
        withRows(value) { rows in
            rows.map { row in
                .object((row.objectValue ?? []).map { JSONValue.Member($0.key, change($0)) })
            }
        }
    }

    /// Changes the first list of objects, wherever it stands.
    private static func withRows(
        _ value: JSONValue,
        _ change: ([JSONValue]) -> [JSONValue]
    ) -> JSONValue {
        if let elements = value.arrayValue { return .array(change(elements)) }
        guard var members = value.objectValue,
            let index = members.firstIndex(where: { hasRows($0.value) })
        else { return value }
        members[index].value = withRows(members[index].value, change)
        return .object(members)
    }

    private static func hasRows(_ value: JSONValue) -> Bool {
        if let elements = value.arrayValue { return elements.contains { $0.objectValue != nil } }
        return value.objectValue?.contains { hasRows($0.value) } ?? false
    }

    private static func wrongType(_ member: JSONValue.Member) -> JSONValue {
        switch member.value {
        case .string: .number("42")
        case .number: .string("many")
        case .bool: .string("perhaps")
        case .array: .object([])
        case .object: .array([])
        case .null: .array([.null])
        }
    }

    /// Identity stays what it is, or every row would be the same.
    private static func isIdentity(_ member: JSONValue.Member) -> Bool {
        member.key.lowercased().hasSuffix("id")
    }

    private static func absurd(_ member: JSONValue.Member) -> JSONValue {
        if isIdentity(member) { return member.value }
        switch member.value {
        case .number: return .number(member.key.utf8.count.isMultiple(of: 2) ? "1e400" : "-1e30")
        case .string(let text) where looksLikeDate(text): return .string("99999-99-99T99:99:99Z")
        default: return member.value
        }
    }

    private static func looksLikeDate(_ text: String) -> Bool {
        let bytes = Array(text.utf8.prefix(5))
        return bytes.count == 5 && bytes[4] == UInt8(ascii: "-")
            && bytes[..<4].allSatisfy { (48...57).contains($0) }
    }

    private static func controlled(_ member: JSONValue.Member) -> JSONValue {
        guard case .string(let text) = member.value, !isIdentity(member), !looksLikeDate(text)
        else { return member.value }
        return .string(text + "\u{0}\u{7}\u{1B}[31m\u{202E}")
    }

    private static func repeatedImage(_ body: [UInt8], _ memory: inout JSONValue?) -> [UInt8] {
        var first = memory
        let changed = rewritten(body) { value in
            withRows(value) { rows in
                guard let known = first else {
                    first = rows.first
                    return rows
                }
                return rows.first == known ? rows : [known] + rows
            }
        }
        memory = first
        return changed
    }

    // MARK: Envelopes

    private static func lyingTotal(_ value: JSONValue) -> JSONValue {
        guard let members = value.objectValue else { return value }
        return .object(
            members.map { member in
                let key = member.key.lowercased()
                if case .number = member.value, key.contains("total") || key.contains("count") {
                    return JSONValue.Member(member.key, .number("1000000"))
                }
                return JSONValue.Member(member.key, lyingTotal(member.value))
            }
        )
    }

    private static func withNext(_ value: JSONValue, _ target: String) -> JSONValue {
        guard let members = value.objectValue else { return value }
        let link = JSONValue.Member("next", .string("\(target)/v2/images?marker=x"))
        return .object(members.filter { $0.key != "next" } + [link])
    }

    // MARK: Bytes

    /// Behind the first quote of a value, or of anything.
    private static func withInvalidBytes(_ body: [UInt8]) -> [UInt8] {
        let invalid: [UInt8] = [0xC3, 0x28, 0xFF, 0xED, 0xA0, 0x80]
        let pattern = Array(":\"".utf8)
        let place =
            body.indices.dropLast().first { body[$0] == pattern[0] && body[$0 + 1] == pattern[1] }
            .map { $0 + 2 } ?? body.firstIndex(of: UInt8(ascii: "\"")).map { $0 + 1 }
        guard let place else { return invalid }
        return Array(body[..<place]) + invalid + body[place...]
    }

    private static func nesting(_ depth: Int) -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "["), count: depth)
            + [UInt8](repeating: UInt8(ascii: "]"), count: depth)
    }
}
