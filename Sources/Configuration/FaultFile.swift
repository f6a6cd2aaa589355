internal import JSONText

/// A file of faults for the simulators in JSON5, turned into the JSON that they understand themselves.
public enum FaultFile {
    /// Fails where the file cannot be read or is no JSON5, with the place.
    public static func load(
        path: String,
        readFile: ConfigurationLoader.ReadFile = ConfigurationFiles.contents
    ) -> Result<[UInt8], SimulatorFileProblems> {
        SimulatorFile.document(path: path, readFile: readFile).map { document in
            var writer = JSONWriter()
            document.tree.json.write(to: &writer)
            return writer.bytes
        }
    }
}

extension JSON5Tree {
    /// Keys in alphabetical order; a number that nothing holds, or that is none in JSON, becomes null.
    fileprivate var json: JSONValue {
        switch self {
        case .null, .unrepresentable: .null
        case .flag(let flag): .bool(flag)
        case .integer(let number): .number(String(number))
        case .number(let number): number.isFinite ? .number(String(number)) : .null
        case .text(let text): .string(text)
        case .list(let elements): .array(elements.map(\.json))
        case .object(let members):
            .object(members.sorted { $0.key < $1.key }.map { .init($0.key, $0.value.json) })
        }
    }
}
