extension ConfigurationChecker {
    /// The value as its kind has it; `nil`, and a problem, where it is none.
    mutating func settle(
        _ tree: JSON5Tree,
        as kind: SchemaKind,
        at path: ConfigurationPath
    ) -> SettledValue? {
        if kind.isSecret { secretPlaces.insert(path) }
        switch (kind, tree) {
        case (.object(let object), .object(let members)):
            return .object(settle(members, as: object, at: path))
        case (.list(let element, let counts), .list(let elements)):
            return settle(elements, as: element, counts, at: path)
        case (.credentials, .object(let members)): return settleCredentials(members, at: path)
        case (.secret, .text), (.secret, .object):
            return settleSecret(tree, at: path, isPlain: false).map { .secret($0) }
        case (.text(let rule), .text(let text)): return settle(text, as: rule, at: path)
        case (.flag, .flag(let flag)): return .flag(flag)
        default: return settleMeasure(tree, as: kind, at: path)
        }
    }

    /// A key that the object does not know, with the one that was meant.
    mutating func reportUnknown(
        _ key: String,
        at path: ConfigurationPath,
        known: [String]
    ) {
        let closest = Likeness.closest(to: key, among: known)
        let hint = closest.map { "did you mean \"\($0)\"?" } ?? Self.listing(known)
        let unknown = path.appending(key)
        let message = shown(unknown) == unknown ? "unknown key" : "this key is unknown"
        report(.error, unknown, TextComplaint(message, hint), at: .key)
    }

    private static func listing(_ known: [String]) -> String {
        known.isEmpty ? "no keys are valid here" : "valid here: \(known.joined(separator: ", "))"
    }

    mutating func settle(
        _ members: [String: JSON5Tree],
        as object: SchemaObject,
        at path: ConfigurationPath
    ) -> SettledObject {
        let wasSwitchedOff = isSwitchedOff
        defer { isSwitchedOff = wasSwitchedOff }
        if let key = object.switchKey, members[key] == .flag(false) { isSwitchedOff = true }
        for key in members.keys where object[key] == nil {
            reportUnknown(key, at: path, known: object.names)
        }
        checkChoice(members, of: object, at: path)
        var settled = SettledObject()
        for key in object.keys {
            settled.members[key.name] = settle(members[key.name], as: key, at: path)
        }
        return settled
    }

    private mutating func checkChoice(
        _ members: [String: JSON5Tree],
        of object: SchemaObject,
        at path: ConfigurationPath
    ) {
        let present = object.choice.filter { members[$0] != nil }
        guard !object.choice.isEmpty, present.count != 1 else { return }
        let list = object.choice.joined(separator: ", ")
        if present.isEmpty {
            report(.error, path, TextComplaint("has none of \(list)", "add one of them"))
        } else {
            let message = "only one of \(list) may stand here"
            report(.error, path.appending(present[1]), TextComplaint(message), at: .key)
        }
    }

    private mutating func settle(
        _ tree: JSON5Tree?,
        as key: SchemaKey,
        at parent: ConfigurationPath
    ) -> SettledValue? {
        let path = parent.appending(key.name)
        if let tree { return settle(tree, as: key.kind, at: path) }
        switch key.presence {
        case .optional: return nil
        case .standard(let value): return value
        case .filled: return settle(.object([:]), as: key.kind, at: path)
        case .required:
            report(.error, path, TextComplaint("is missing"))
            return nil
        }
    }

    private mutating func settle(
        _ elements: [JSON5Tree],
        as kind: SchemaKind,
        _ counts: ClosedRange<Int>,
        at path: ConfigurationPath
    ) -> SettledValue? {
        guard counts.contains(elements.count) else {
            let bound = "from \(counts.lowerBound) to \(counts.upperBound)"
            report(.error, path, TextComplaint("has \(elements.count) elements", bound))
            return nil
        }
        return .list(
            elements.enumerated().map { index, element in
                settle(element, as: kind, at: path.appending(index))
            }
        )
    }

    private mutating func settle(
        _ text: String,
        as rule: TextRule,
        at path: ConfigurationPath
    ) -> SettledValue? {
        guard let value = attempt(path, { () throws(TextComplaint) in try rule.check(text) }) else {
            return nil
        }
        guard case .text(let checked) = value else { return value }
        switch rule {
        case .file: return .text(resources.resolved(checked))
        case .pem(let kind): return settlePEM(resources.resolved(checked), kind, at: path)
        default: return value
        }
    }

    private mutating func settlePEM(
        _ file: String,
        _ kind: TextRule.PEMKind,
        at path: ConfigurationPath
    ) -> SettledValue? {
        do {
            try resources.checkPEM(file, kind)
        } catch {
            report(isSwitchedOff ? .warning : .error, path, error)
        }
        return .text(file)
    }
}
