internal import CBenchmarkSystem
internal import Glibc

/// Which core runs what: the process that is measured has the first, whoever drives it the last.
enum Processors {
    /// `nil` where there is one core only and nothing can be kept apart.
    static let ofServer: Int? = count > 1 ? 0 : nil
    static let ofClient: Int? = count > 1 ? count - 1 : nil

    private static let count = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// Runs `body` on the client's core, before whoever else is there: the time that a driver waits for
    /// its core is no time of the server.
    static func asClient<Value>(_ body: () throws(Unmeasured) -> Value) throws(Unmeasured) -> Value
    {
        if let ofClient { ig_bind(Int32(ofClient)) }
        ig_go_first(1)
        defer {
            ig_go_first(0)
            ig_bind(-1)
        }
        return try body()
    }
}
