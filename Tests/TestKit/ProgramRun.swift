internal import Glibc

/// One run of the program that was built beside the tests, to its end.
public struct ProgramRun {
    /// The exit status; `nil` where a signal ended it.
    public let status: Int32?
    public let errors: String

    public struct Failure: Error {
        public var step: String
    }

    /// Standard output goes to the file of that path, which is made where it is missing.
    public init(_ arguments: [String], output: String) throws {
        let folder = TemporaryFolder()
        let process = try Self.spawn(arguments, output: output, errors: folder.file("errors"))
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        self.status = status & 0x7F == 0 ? status >> 8 & 0xFF : nil
        errors = try Self.contents(of: folder.file("errors"))
    }

    private static func spawn(
        _ arguments: [String],
        output: String,
        errors: String
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let flags = O_WRONLY | O_CREAT
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, flags, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, errors, flags, 0o600)
        let program = try program()
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        defer { words.forEach { free($0) } }
        words.append(nil)
        var process = pid_t()
        guard posix_spawn(&process, program, &actions, nil, words, environ) == 0 else {
            throw Failure(step: "\(program) could not be started")
        }
        return process
    }

    /// SwiftPM builds it into the folder of the tests' own program.
    private static func program() throws -> String {
        guard let own = realpath("/proc/self/exe", nil) else {
            throw Failure(step: "this program's own path is not known")
        }
        defer { free(own) }
        let folder = String(cString: own).split(separator: "/").dropLast()
        return "/\(folder.joined(separator: "/"))/image-gateway"
    }

    private static func contents(of path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Failure(step: "\(path) is not there") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        while case let byte = getc(file), byte >= 0 { bytes.append(UInt8(byte)) }
        return String(decoding: bytes, as: UTF8.self)
    }
}
