import Glibc

/// A blocking socket of the server's side. Closed by whoever runs the script, at its end.
final class TestSocket: Sendable {
    let descriptor: Int32
    /// 0-based, in the order of acceptance.
    let index: Int

    init(descriptor: Int32, index: Int) {
        self.descriptor = descriptor
        self.index = index
    }

    /// Bytes as they come; empty at the end of the stream or after a fault.
    func read() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &bytes, bytes.count, 0)
        return Array(bytes.prefix(max(0, count)))
    }

    /// A request's head and its body by `Content-Length`; `nil` where the peer has closed.
    func readRequest() -> String? {
        var bytes: [UInt8] = []
        while true {
            let text = String(decoding: bytes, as: UTF8.self)
            if let end = text.firstRange(of: "\r\n\r\n")?.upperBound,
                text[end...].utf8.count >= contentLength(of: text)
            {
                return text
            }
            let more = read()
            if more.isEmpty { return nil }
            bytes += more
        }
    }

    /// `false` where the peer has gone.
    @discardableResult
    func write(_ bytes: some Collection<UInt8>) -> Bool {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func write(_ text: String) -> Bool {
        write(text.utf8)
    }

    func answer(_ body: String, fields: String = "") {
        write("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\(fields)\r\n\(body)")
    }

    /// Whether the peer, which has nothing more to say, closes or resets within that time.
    func isLeft(withinMilliseconds limit: Int32) -> Bool {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&watched, 1, limit) != 0
    }

    /// Waits until the peer closes or resets.
    func waitForEnd() {
        while !read().isEmpty {}
    }

    /// The next close sends RST.
    func closeWithReset() {
        var linger = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout.size(ofValue: linger))
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, size)
    }

    private func contentLength(of head: String) -> Int {
        for line in head.split(separator: "\r\n") where line.hasPrefix("Content-Length: ") {
            return Int(line.dropFirst(16)) ?? 0
        }
        return 0
    }
}
