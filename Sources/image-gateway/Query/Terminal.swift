internal import Glibc

/// What standard output and standard error are connected to.
enum Terminal {
    static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
    static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Cells of a line of standard output; `nil` where it is no terminal.
    static var width: Int? { isOutputTerminal ? columns(STDOUT_FILENO) : nil }

    /// Cells of a line of standard error.
    static var errorWidth: Int { columns(STDERR_FILENO) }

    private static func columns(_ descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Colour is for terminals whose owner has not declined it (https://no-color.org).
    static func bold(_ text: String) -> String {
        let isDeclined = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
        return isOutputTerminal && !isDeclined && !isDumb ? "\u{1B}[1m\(text)\u{1B}[0m" : text
    }

    static func writeError(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
