internal import Glibc

/// The terminal while it shows a live view: its other screen, without a cursor, keys as they are typed.
/// `leave` gives it back as it was.
final class Screen {
    private var before: termios?

    /// Fails where standard input is no terminal that can be set: then keys are not read, and the view works.
    func enter() {
        var settings = termios()
        if tcgetattr(STDIN_FILENO, &settings) == 0 {
            before = settings
            settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
        }
        write("\u{1B}[?1049h\u{1B}[?25l")
    }

    func leave() {
        write("\u{1B}[?25h\u{1B}[?1049l")
        if var settings = before.take() { tcsetattr(STDIN_FILENO, TCSANOW, &settings) }
    }

    /// Whether keys can be read.
    var hasKeys: Bool { before != nil }

    /// Cells of the screen.
    var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
        else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Over what was there, line by line, so that nothing flickers.
    func show(_ lines: [TopFrame.Line]) {
        var text = "\u{1B}[H"
        for line in lines { text += "\(Self.styled(line))\u{1B}[K\r\n" }
        text += "\u{1B}[J"
        // A line end behind the last row would scroll.
        write(text.replacing("\r\n\u{1B}[J", with: "\u{1B}[J"))
    }

    static func styled(_ line: TopFrame.Line) -> String {
        let isDeclined = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
        switch line.style {
        case .plain: return line.text
        case .title: return "\u{1B}[1m\(line.text)\u{1B}[0m"
        case .good where !isDeclined: return "\u{1B}[32m\(line.text)\u{1B}[0m"
        case .warning where !isDeclined: return "\u{1B}[33m\(line.text)\u{1B}[0m"
        case .bad where !isDeclined: return "\u{1B}[31m\(line.text)\u{1B}[0m"
        default: return line.text
        }
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            guard count > 0 else { return }
            offset += count
        }
    }
}
