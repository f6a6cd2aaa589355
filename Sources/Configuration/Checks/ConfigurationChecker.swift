/// Holds a document against the schema and collects everything that is wrong with it.
struct ConfigurationChecker {
    let document: JSON5Document
    let schema: ConfigurationSchema
    let resources: ConfigurationResources
    private var findings: [Finding] = []
    /// True inside an upstream that is switched off: what it refers to need not exist.
    var isSwitchedOff = false
    /// Where secrets stand, or what they are referred to by.
    var secretPlaces: Set<ConfigurationPath> = []

    /// A problem that has no line and column yet.
    private struct Finding {
        var offset: Int
        var severity: ConfigurationProblem.Severity
        var path: ConfigurationPath
        var complaint: TextComplaint
    }

    /// Which part of a member a problem points at.
    enum Target {
        case key
        case value
    }

    init(
        document: JSON5Document,
        schema: ConfigurationSchema,
        resources: ConfigurationResources
    ) {
        self.document = document
        self.schema = schema
        self.resources = resources
    }

    /// The checked document; `nil` where it is no object.
    mutating func checkDocument() -> SettledObject? {
        for duplicate in document.index.duplicates { reportDuplicate(duplicate) }
        let kind = SchemaKind.object(schema.root)
        guard case .object(let root) = settle(document.tree, as: kind, at: .root) else {
            return nil
        }
        checkCombinations(root)
        return root
    }

    var hasErrors: Bool { findings.contains { $0.severity == .error } }

    mutating func report(_ objection: ConfigurationObjection) {
        report(objection.severity, objection.path, TextComplaint(objection.message))
    }

    /// In the order of the text; those of one place in the order of the checks.
    func problems(file: String) -> [ConfigurationProblem] {
        let ordered = findings.enumerated().sorted { first, second in
            (first.element.offset, first.offset) < (second.element.offset, second.offset)
        }
        return ordered.map { problem($0.element, file: file) }
    }

    mutating func report(
        _ severity: ConfigurationProblem.Severity = .error,
        _ path: ConfigurationPath,
        _ complaint: TextComplaint,
        at target: Target = .value
    ) {
        let index = document.index
        let offset = target == .key ? index.keyOffset(of: path) : index.valueOffset(of: path)
        findings.append(
            Finding(offset: offset, severity: severity, path: path, complaint: complaint)
        )
    }

    /// Runs a check; what it throws becomes an error at `path`.
    mutating func attempt<Value>(
        _ path: ConfigurationPath,
        _ check: () throws(TextComplaint) -> Value
    ) -> Value? {
        do {
            return try check()
        } catch {
            report(.error, path, error)
            return nil
        }
    }

    func isPresent(_ path: ConfigurationPath) -> Bool {
        document.index.places[path] != nil
    }

    private mutating func reportDuplicate(_ duplicate: PositionIndex.Duplicate) {
        let first = document.source.place(of: duplicate.first)
        findings.append(
            Finding(
                offset: duplicate.second,
                severity: .error,
                path: duplicate.path,
                complaint: TextComplaint(
                    "the key stands twice; the first is on line \(first.line)"
                )
            )
        )
    }

    private func problem(_ finding: Finding, file: String) -> ConfigurationProblem {
        let place = document.source.place(of: finding.offset)
        return ConfigurationProblem(
            severity: finding.severity,
            file: file,
            line: place.line,
            column: place.column,
            keyPath: shown(finding.path).description,
            message: finding.complaint.message,
            suggestion: finding.complaint.suggestion
        )
    }
}
