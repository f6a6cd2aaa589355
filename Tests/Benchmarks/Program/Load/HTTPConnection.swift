internal import CSystem
internal import Glibc
internal import JSONText

/// A kept connection to a server of this machine, for one request at a time.
final class HTTPConnection {
    private let descriptor: Int32
    private var input: [UInt8] = []

    init(to port: UInt16) throws(Unmeasured) {
        descriptor = try Loopback.connection(to: port)
    }

    deinit { close(descriptor) }

    struct Answer {
        let status: Int
        let body: [UInt8]

        /// `nil` for a body that is no JSON.
        var json: JSONValue? { try? JSONValue(parsing: body) }
    }

    static func request(_ target: String, _ fields: [String] = []) -> [UInt8] {
        let lines = ["GET \(target) HTTP/1.1", "host: 127.0.0.1"] + fields
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// Fails where nothing comes for half a minute.
    func answer(to request: [UInt8]) throws(Unmeasured) -> Answer {
        try send(request)
        while true {
            if let message = WireMessage(input) {
                let answer = Answer(status: message.status, body: Array(input[message.body]))
                input.removeFirst(message.byteCount)
                return answer
            }
            try receive()
        }
    }

    /// One answer's body where that must be a 200.
    func body(of target: String, _ fields: [String] = []) throws(Unmeasured) -> [UInt8] {
        let answer = try answer(to: HTTPConnection.request(target, fields))
        guard answer.status == 200 else {
            throw Unmeasured(reason: "\(target) was answered \(answer.status)")
        }
        return answer.body
    }

    private func send(_ bytes: [UInt8]) throws(Unmeasured) {
        guard csystem_send(descriptor, bytes, bytes.count) == bytes.count else {
            throw Unmeasured(reason: "a connection broke")
        }
    }

    private func receive() throws(Unmeasured) {
        var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&watched, 1, 30_000) > 0 else {
            throw Unmeasured(reason: "an answer did not come")
        }
        let count = withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 16) { buffer in
            let count = csystem_receive(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { input += buffer[..<count] }
            return count
        }
        guard count > 0 else { throw Unmeasured(reason: "a connection was closed") }
    }
}
