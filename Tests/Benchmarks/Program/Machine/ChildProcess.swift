internal import CBenchmarkSystem
internal import Glibc

/// A program that runs beside the benchmarks; it ends when nobody holds it any more, and with them
/// whatever ends them.
final class ChildProcess {
    let probe: ProcessProbe
    private let name: String
    /// What `waitpid` said of its end.
    private var status: Int32?

    /// Where the program's standard streams lead; standard input is empty.
    struct Streams {
        var output = "/dev/null"
        var errors = "/dev/null"
    }

    /// `command` begins with the path of the program. Of this process's environment the child gets
    /// what finds programs and folders.
    init(
        _ command: [String],
        environment: [String: String] = [:],
        on processor: Int? = nil,
        _ streams: Streams = Streams()
    ) throws(Unmeasured) {
        name = command.first.map { String($0.split(separator: "/").last ?? "") } ?? ""
        let variables = ChildProcess.inherited.merging(environment) { $1 }.map { "\($0)=\($1)" }
        let process = CStrings.with(command) { arguments in
            CStrings.with(variables) { variables in
                let processor = processor.map { Int32($0) } ?? -1
                return ig_spawn(arguments, variables, streams.output, streams.errors, processor)
            }
        }
        guard process > 0 else {
            throw Unmeasured(
                reason: "\(name) does not start: \(String(cString: strerror(-process)))"
            )
        }
        probe = ProcessProbe(process: process)
    }

    private static var inherited: [String: String] {
        var values: [String: String] = [:]
        for name in ["PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"] {
            values[name] = getenv(name).map { String(cString: $0) }
        }
        return values
    }

    deinit { stop() }

    var isRunning: Bool {
        if status != nil { return false }
        var status: Int32 = 0
        guard waitpid(probe.process, &status, WNOHANG) != 0 else { return true }
        self.status = status
        return false
    }

    /// Asks it to end, and after `patience` makes it. Returns whether it ended by itself with 0.
    @discardableResult
    func stop(patience: Duration = .seconds(5)) -> Bool {
        if isRunning { kill(probe.process, SIGTERM) }
        if !Wait.until({ !isRunning }, atMost: patience) {
            kill(probe.process, SIGKILL)
            _ = Wait.until({ !isRunning }, atMost: .seconds(5))
        }
        return status == 0
    }

    /// Waits for its end; fails unless that is exit 0 within `limit`.
    func finish(atMost limit: Duration) throws(Unmeasured) {
        guard Wait.until({ !isRunning }, atMost: limit) else {
            stop(patience: .zero)
            throw Unmeasured(reason: "\(name) did not end within \(limit)")
        }
        guard status == 0 else { throw Unmeasured(reason: "\(name) failed") }
    }
}

/// Looking again and again, with short pauses in between.
enum Wait {
    /// Whether `condition` came true in time.
    static func until(
        _ condition: () -> Bool,
        atMost limit: Duration,
        every pause: Duration = .milliseconds(1)
    ) -> Bool {
        let end = ContinuousClock.now + limit
        while !condition() {
            guard ContinuousClock.now < end else { return condition() }
            seconds(pause.inSeconds)
        }
        return true
    }

    static func seconds(_ seconds: Double) {
        _ = ig_poll(nil, 0, Int64(seconds * 1e9))
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

/// Texts as C wants them: an array of pointers with a null at its end.
private enum CStrings {
    static func with<Value>(
        _ texts: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Value
    ) -> Value {
        let pointers = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
            .allocate(capacity: texts.count + 1)
        defer { pointers.deallocate() }
        for (index, text) in texts.enumerated() { pointers[index] = strdup(text) }
        pointers[texts.count] = nil
        defer { for index in texts.indices { free(pointers[index]) } }
        return body(pointers)
    }
}
