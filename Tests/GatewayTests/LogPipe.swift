import Glibc

/// What a `ProcessLog` writes, read as it comes.
final class LogPipe {
    let writer: Int32
    private let reader: Int32
    private(set) var text = ""

    struct Silence: Error {
        var awaited: String
        var text: String
    }

    init() {
        var ends: [Int32] = [-1, -1]
        let result = pipe(&ends)
        precondition(result == 0, "a pipe was believed to be at hand")
        // As in the program: a log that writes on once nobody reads must not end the process.
        signal(SIGPIPE, SIG_IGN)
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        // The writing end stays: the log's thread may still hold it.
        close(reader)
    }

    /// The first line with `part`, as soon as it is there.
    func line(with part: String) throws -> String {
        while true {
            let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            if let line = whole.first(where: { $0.contains(part) }) { return String(line) }
            try readMore(awaiting: part)
        }
    }

    private func readMore(awaiting part: String) throws {
        var watch = pollfd(fd: reader, events: Int16(POLLIN), revents: 0)
        guard poll(&watch, 1, 300_000) > 0 else { throw Silence(awaited: part, text: text) }
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = read(reader, &bytes, bytes.count)
        guard count > 0 else { throw Silence(awaited: part, text: text) }
        text += String(decoding: bytes[..<count], as: UTF8.self)
    }
}
