internal import Glibc

/// The benchmarks' own program in the part of somebody else: `Benchmarks peer …`.
enum PeerRole {
    /// Serves until it is ended; returns only where it cannot.
    static func run(_ arguments: [String]) -> Int32 {
        do throws(Unmeasured) {
            if arguments.first == "transfers", arguments.count == 3 {
                print(try BareTransfers.run(arguments[1], rounds: Int(arguments[2]) ?? 1))
                return 0
            }
            let (listener, port) = try Loopback.listener()
            let announcement = "listening on http://127.0.0.1:\(port)\n"
            _ = announcement.withCString { write(STDERR_FILENO, $0, strlen($0)) }
            switch (arguments.first, arguments.count) {
            case ("floor", 2): try FloorServer.run(listener, file: arguments[1])
            case ("lists", 3...): try run(listener, lists: arguments)
            default: throw Unmeasured(reason: "no peer of these words")
            }
        } catch {
            _ = error.reason.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        }
        return 2
    }

    private static func run(_ listener: Int32, lists words: [String]) throws(Unmeasured) {
        let delay = Duration.milliseconds(Int(words[1]) ?? 0)
        let imageCount = Int(words[2]) ?? 25
        var server = try ListServer(listener, delay: delay, changes: words.contains("changing"))
        for body in ListBodies.all(imageCount) { server.add(body) }
        try server.run()
    }
}
