internal import Configuration
internal import GatewayAPI
internal import Glibc
internal import Providers

/// Configuration files with this process's environment and file system.
enum ConfigurationFile {
    static var loader: ConfigurationLoader {
        ConfigurationLoader(
            descriptors: ProviderRegistry.descriptors,
            environment: { name in getenv(name).map { String(cString: $0) } },
            keySetComplaint: KeySetStore.complaint,
            trial: ConfigurationTrial.objections
        )
    }

    /// Prints every problem; `nil` where one of them is an error.
    static func load(_ path: String) -> GatewayConfiguration? {
        let loaded = loader.load(path: path)
        for problem in loaded.problems { Console.error(problem.description) }
        return loaded.configuration
    }

    /// For the log of a process that serves, or goes on serving.
    static func read(_ path: String) -> ServeCommand.Reading {
        let loaded = loader.load(path: path)
        if let configuration = loaded.configuration {
            return .configuration(configuration, warnings: loaded.problems.map(\.description))
        }
        return .refused(loaded.problems.map(\.description).joined(separator: "\n"))
    }
}
