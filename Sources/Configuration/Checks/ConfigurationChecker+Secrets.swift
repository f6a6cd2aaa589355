import Observability

extension ConfigurationChecker {
    /// Members of credentials that are names rather than secrets: a literal draws no warning.
    static let plainCredentials: Set<String> = [
        "username", "email", "domain", "project", "project_id", "access_key", "access_key_id",
        "secret_id", "header_name",
    ]

    /// Every member as a secret; which members there may be is the provider's business.
    mutating func settleCredentials(
        _ members: [String: JSON5Tree],
        at path: ConfigurationPath
    ) -> SettledValue {
        var settled = SettledObject()
        for (key, tree) in members {
            let isPlain = Self.plainCredentials.contains(key)
            let secret = settleSecret(tree, at: path.appending(key), isPlain: isPlain)
            settled.members[key] = secret.map { .secret($0) }
        }
        return .object(settled)
    }

    /// `{ env }`, `{ file }` or a literal. No message holds the value.
    mutating func settleSecret(
        _ tree: JSON5Tree,
        at path: ConfigurationPath,
        isPlain: Bool
    ) -> Redacted<String>? {
        switch tree {
        case .text(let literal):
            if !isPlain { warnOfLiteral(at: path) }
            return accept(literal, "the text", at: path)
        case .object(let members): return settleReference(members, at: path)
        default:
            report(.error, path, Self.wrongType(tree, .secret))
            return nil
        }
    }

    private mutating func warnOfLiteral(at path: ConfigurationPath) {
        let message = "the secret stands in the file itself, for everybody who reads it"
        report(
            .warning,
            path,
            TextComplaint(message, "use { env: \"NAME\" } or { file: \"PATH\" }")
        )
    }

    private mutating func settleReference(
        _ members: [String: JSON5Tree],
        at path: ConfigurationPath
    ) -> Redacted<String>? {
        for key in members.keys where key != "env" && key != "file" {
            reportUnknown(key, at: path, known: ["env", "file"])
        }
        switch (members["env"], members["file"]) {
        case (let name?, nil): return settleVariable(name, at: path.appending("env"))
        case (nil, let file?): return settleFile(file, at: path.appending("file"))
        case (nil, nil):
            if members.isEmpty { report(.error, path, TextComplaint("needs env or file")) }
        case (_?, _?): report(.error, path, TextComplaint("has both env and file", "keep one"))
        }
        return nil
    }

    private mutating func settleVariable(
        _ tree: JSON5Tree,
        at path: ConfigurationPath
    ) -> Redacted<String>? {
        guard case .text(let name) = tree, Self.isVariableName(name) else {
            report(.error, path, TextComplaint("must be the name of an environment variable"))
            return nil
        }
        guard let value = resources.environment(name) else {
            reportUnresolved(path, TextComplaint("\(Self.shown(name)) is not set"))
            return nil
        }
        return accept(value, Self.shown(name), at: path)
    }

    private mutating func settleFile(
        _ tree: JSON5Tree,
        at path: ConfigurationPath
    ) -> Redacted<String>? {
        guard case .text(let name) = tree, !name.isEmpty else {
            report(.error, path, TextComplaint("must be the path of a file"))
            return nil
        }
        let file = resources.resolved(name)
        do {
            let value = try resources.secret(in: file)
            return accept(value, resources.shown(file), at: path)
        } catch {
            reportUnresolved(path, error)
            return nil
        }
    }

    private mutating func accept(
        _ value: String,
        _ source: String,
        at path: ConfigurationPath
    ) -> Redacted<String>? {
        if value.utf8.allSatisfy({ $0 == 0x20 }) {
            let fault = value.isEmpty ? "is empty" : "holds nothing but spaces"
            reportUnresolved(path, TextComplaint("\(source) \(fault)"))
            return nil
        }
        // They go into header fields and signed texts, where a line end would forge another line.
        guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            reportUnresolved(path, TextComplaint("\(source) holds a line end or control character"))
            return nil
        }
        return Redacted(value)
    }

    private mutating func reportUnresolved(_ path: ConfigurationPath, _ complaint: TextComplaint) {
        report(isSwitchedOff ? .warning : .error, path, complaint)
    }

    /// Repeats what plainly is a name: words in capitals with underscores between them. Anything else may be the secret
    /// itself, put in the wrong place.
    private static func shown(_ name: String) -> String {
        let words = name.split(separator: "_", omittingEmptySubsequences: false)
        return words.allSatisfy(isNameWord)
            ? "the environment variable \(name)" : "this environment variable"
    }

    /// Capitals, and digits behind them, as in `HW2_AK`; up to 16. Keys mix both, or are longer.
    private static func isNameWord(_ word: Substring) -> Bool {
        let letters = word.utf8.prefix { (0x41...0x5A).contains($0) }
        let digits = word.utf8.dropFirst(letters.count)
        return word.utf8.count <= 16 && digits.count <= 2 && digits.allSatisfy(ASCII.isDigit)
    }

    private static func isVariableName(_ name: String) -> Bool {
        (1...128).contains(name.utf8.count) && name.utf8.allSatisfy(ASCII.isWordByte)
            && !name.utf8.prefix(1).allSatisfy(ASCII.isDigit)
    }
}
