public import Upstreams

/// Reads a configuration: text to values, with every problem at once.
public struct ConfigurationLoader: Sendable {
    /// The value of an environment variable; `nil` where it is not set.
    public typealias Environment = @Sendable (_ name: String) -> String?
    /// The bytes of a file.
    public typealias ReadFile =
        @Sendable (_ path: String) throws(ConfigurationFileFault) -> [UInt8]

    /// What is wrong with the bytes of a JSON Web Key Set, ending a sentence that begins with the file;
    /// `nil` where there is a key that can be used.
    public typealias KeySetComplaint = @Sendable (_ bytes: [UInt8]) -> String?

    /// What those who would use a configuration of the right form find wrong with it.
    public typealias Trial =
        @Sendable (_ configuration: GatewayConfiguration) -> [ConfigurationObjection]

    private let schema: ConfigurationSchema
    private let environment: Environment
    private let readFile: ReadFile
    private let keySetComplaint: KeySetComplaint
    private let trial: Trial

    /// `descriptors` are the providers that exist, in the order of the registry.
    public init(
        descriptors: [ProviderDescriptor],
        environment: @escaping Environment,
        readFile: @escaping ReadFile = ConfigurationFiles.contents,
        keySetComplaint: @escaping KeySetComplaint = { _ in nil },
        trial: @escaping Trial = { _ in [] }
    ) {
        schema = ConfigurationSchema(descriptors: descriptors)
        self.environment = environment
        self.readFile = readFile
        self.keySetComplaint = keySetComplaint
        self.trial = trial
    }

    /// Reads the file; one that cannot be read is a problem too.
    public func load(path: String) -> LoadedConfiguration {
        do {
            return load(bytes: try readFile(path), file: path)
        } catch {
            return .failed(file: path, message: "the file \(error.message)")
        }
    }

    /// Reads a text; `file` names it in problems and its folder is where relative paths begin.
    public func load(text: String, file: String) -> LoadedConfiguration {
        load(bytes: Array(text.utf8), file: file)
    }

    private func load(bytes: [UInt8], file: String) -> LoadedConfiguration {
        do {
            return load(try JSON5Document(bytes), file: file)
        } catch {
            let source = SourceText(JSON5Document.withoutMark(bytes))
            let place = source.place(of: error.offset)
            return .failed(
                file: file,
                message: error.message,
                suggestion: error.suggestion,
                at: place
            )
        }
    }

    private func load(_ document: JSON5Document, file: String) -> LoadedConfiguration {
        let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        let resources = ConfigurationResources(
            environment: environment,
            readFile: readFile,
            keySetComplaint: keySetComplaint,
            folder: folder
        )
        var checker = ConfigurationChecker(document: document, schema: schema, resources: resources)
        let root = checker.checkDocument()
        guard let root, !checker.hasErrors else {
            return LoadedConfiguration(configuration: nil, problems: checker.problems(file: file))
        }
        let assembler = ConfigurationAssembler(schema: schema, root: root, readFile: readFile)
        let configuration = assembler.configuration
        for objection in trial(configuration) { checker.report(objection) }
        return LoadedConfiguration(
            configuration: checker.hasErrors ? nil : configuration,
            problems: checker.problems(file: file)
        )
    }
}
