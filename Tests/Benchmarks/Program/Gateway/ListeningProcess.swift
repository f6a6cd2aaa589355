internal import Glibc
internal import TestKit

/// A program that says on standard error where it listens.
final class ListeningProcess {
    let process: ChildProcess
    let port: UInt16
    /// What it wrote to standard error.
    private let errors: String

    var probe: ProcessProbe { process.probe }
    var url: String { "http://127.0.0.1:\(port)" }
    var log: String { File.text(errors) ?? "" }

    private static let phrase = "listening on http://127.0.0.1:"

    init(
        _ command: [String],
        environment: [String: String] = [:],
        on processor: Int?,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) {
        let errors = folder.file("errors-\(Folder.names(in: folder.path).count)")
        self.errors = errors
        let process = try ChildProcess(
            command,
            environment: environment,
            on: processor,
            ChildProcess.Streams(output: errors + ".output", errors: errors)
        )
        self.process = process
        var port: UInt16?
        _ = Wait.until(
            {
                port = ListeningProcess.port(after: ListeningProcess.phrase, in: errors)
                return port != nil || !process.isRunning
            },
            atMost: .seconds(60)
        )
        guard let port else {
            let said = (File.text(errors) ?? "").split(separator: "\n").last.map { ": \($0)" }
            throw Unmeasured(
                reason: "\(command.dropFirst().first ?? "") does not listen\(said ?? "")"
            )
        }
        self.port = port
    }

    /// The port that the program names behind other words.
    func port(after phrase: String) -> UInt16? { Self.port(after: phrase, in: errors) }

    private static func port(after phrase: String, in path: String) -> UInt16? {
        guard let text = File.text(path), let place = text.firstRange(of: phrase) else {
            return nil
        }
        let rest = text[place.upperBound...]
        let digits = rest.prefix { $0.isNumber }
        // A line that has not been written in whole may end in the middle of the number.
        return digits.endIndex == rest.endIndex ? nil : UInt16(digits)
    }
}
