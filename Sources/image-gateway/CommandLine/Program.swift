internal import Configuration
internal import Glibc

/// The command line as a whole.
enum Program {
    static var commands: [Command] {
        [
            ServeCommand.command, DemoCommand.command, SimulateCommand.command,
            QueryCommand.command, TopCommand.command,
            CheckCommand.command, SchemaCommand.command, VersionCommand.command,
        ]
    }

    /// Returns the exit status: 0 done, 1 failed, 2 not understood.
    static func run(_ arguments: [String]) -> Int32 {
        guard let name = arguments.first else {
            Console.error(help)
            return 2
        }
        if ["--help", "-h", "help"].contains(name) {
            return StandardOutput.write(lines: [help], of: "help")
        }
        guard let command = commands.first(where: { $0.name == name || "--\($0.name)" == name })
        else {
            let close = Likeness.closest(to: name, among: commands.map(\.name))
            Console.error(
                "image-gateway: there is no command '\(name)'"
                    + (close.map { "; did you mean '\($0)'?" } ?? "")
            )
            Console.error(help)
            return 2
        }
        return run(command, Array(arguments.dropFirst()))
    }

    private static func run(_ command: Command, _ arguments: [String]) -> Int32 {
        if arguments.contains("--help") || arguments.contains("-h") {
            return StandardOutput.write(lines: [command.help], of: command.name)
        }
        do throws(Arguments.Mistake) {
            return try command.run(try Arguments(arguments, for: command))
        } catch {
            return mistake(error, command)
        }
    }

    private static func mistake(_ mistake: Arguments.Mistake, _ command: Command) -> Int32 {
        Console.error("image-gateway \(command.name): \(mistake.message)")
        Console.error("usage: image-gateway \(command.name) \(command.usage)   (--help says more)")
        return 2
    }

    static var help: String {
        let width = (commands.map(\.name.count).max() ?? 0) + 2
        let lines = commands.map { command in
            "  \(command.name)" + String(repeating: " ", count: width - command.name.count)
                + command.summary
        }
        return """
            image-gateway: which VM images are there, in which cloud?

            usage: image-gateway COMMAND [FLAGS]

            \(lines.joined(separator: "\n"))

            image-gateway COMMAND --help says what a command takes.
            """
    }
}

/// Standard error for people.
enum Console {
    static func error(_ text: String) {
        let line = Array((text + "\n").utf8)
        _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
