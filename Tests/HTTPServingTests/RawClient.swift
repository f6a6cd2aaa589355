import CSystem
import Glibc

/// A blocking client socket that sends what it is told and shows what came. Nothing waits longer
/// than the receive timeout, so a test that is wrong fails instead of hanging.
final class RawClient {
    private let descriptor: Int32
    var rawDescriptor: Int32 { descriptor }

    struct Failure: Error {
        var call: String
        var code: Int32
    }

    init(port: UInt16, timeoutSeconds: Int = 300) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_storage()
        var length = socklen_t()
        _ = csystem_address_parse("127.0.0.1", port, &address, &length)
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, length)
            }
        }
        guard result == 0 else { throw Failure(call: "connect", code: errno) }
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        let size = socklen_t(MemoryLayout<timeval>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, size)
        var one: Int32 = 1
        setsockopt(
            descriptor,
            Int32(IPPROTO_TCP),
            TCP_NODELAY,
            &one,
            socklen_t(MemoryLayout<Int32>.size)
        )
    }

    deinit { _ = Glibc.close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                csystem_send(descriptor, $0.baseAddress?.advanced(by: offset), bytes.count - offset)
            }
            guard count > 0 else { throw Failure(call: "send", code: errno) }
            offset += count
        }
    }

    /// Ends the sending half.
    func finishSending() { _ = csystem_shutdown_writing(descriptor) }

    /// Closes with a reset instead of an end.
    func reset() {
        var value = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &value, socklen_t(MemoryLayout<linger>.size))
        // The descriptor stays ours, so that nobody else's is closed later.
        let null = Glibc.open("/dev/null", O_RDONLY)
        _ = Glibc.dup2(null, descriptor)
        _ = Glibc.close(null)
    }

    /// Whether nothing came for that long; an end counts as something.
    func isSilent(milliseconds: Int32) throws -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let result = Glibc.poll(&waiting, 1, milliseconds)
        guard result >= 0 else { throw Failure(call: "poll", code: errno) }
        return result == 0
    }

    /// Up to `count` bytes of what is there; empty at the end. Throws on reset and timeout.
    func receiveSome(_ count: Int = 65_536) throws -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let received = csystem_receive(descriptor, &bytes, count)
        guard received >= 0 else { throw Failure(call: "recv", code: errno) }
        return Array(bytes[..<received])
    }

    /// Everything until the server ends.
    func receiveToEnd() throws -> String {
        var all: [UInt8] = []
        while true {
            let some = try receiveSome()
            if some.isEmpty { return String(decoding: all, as: UTF8.self) }
            all += some
        }
    }

    /// Until what has been received ends in `suffix`.
    func receive(through suffix: String) throws -> String {
        var all = ""
        while !all.hasSuffix(suffix) {
            let some = try receiveSome()
            guard !some.isEmpty else { throw Failure(call: "end before \(suffix)", code: 0) }
            all += String(decoding: some, as: UTF8.self)
        }
        return all
    }

    /// One answer with `content-length`.
    func receiveAnswer(isHead: Bool = false) throws -> Answer {
        while true {
            if let answer = Answer(buffered, isHead: isHead) {
                buffered.removeFirst(answer.byteCount)
                return answer
            }
            let some = try receiveSome()
            guard !some.isEmpty else { throw Failure(call: "end in an answer", code: 0) }
            buffered += some
        }
    }

    private var buffered: [UInt8] = []
}
