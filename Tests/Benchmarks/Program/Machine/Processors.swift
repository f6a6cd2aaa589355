internal import Glibc

/// Which core runs what: the process that is measured has the first, whoever drives it the last.
enum Processors {
    /// `nil` where there is one core only and nothing can be kept apart.
    static let ofServer: Int? = count > 1 ? 0 : nil
    static let ofClient: Int? = count > 1 ? count - 1 : nil

    static let count = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
