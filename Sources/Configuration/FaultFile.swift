internal import JSONText

/// A file of faults for the simulators in JSON5, turned into the JSON that they understand themselves.
public struct FaultFile: Sendable, Hashable {
    /// As the caller named it.
    public var path: String
    public var json: [UInt8]

    public init(path: String, json: [UInt8]) {
        self.path = path
        self.json = json
    }

    /// Fails where the file cannot be read, is no JSON5, or holds a key twice, with the place.
    public static func load(
        path: String,
        readFile: ConfigurationLoader.ReadFile = ConfigurationFiles.contents
    ) -> Result<FaultFile, SimulatorFileProblems> {
        SimulatorFile.document(path: path, readFile: readFile).map { document in
            var writer = JSONWriter()
            document.tree.json.write(to: &writer)
            return FaultFile(path: path, json: writer.bytes)
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
