import CSystem
import Glibc

/// Sends mutated requests to a gateway on loopback, some connections at a time, each ended after its request.
/// An answer of 500 or more but 501 and 505, bytes that are no answers, and a connection that is still open
/// 2 s later are findings. 503 is none where it says that a token's key cannot be looked up for the flood of others.
struct RequestFuzzer {
    private let port: UInt16
    private var mutator: RequestMutator
    private var connections: [Connection] = []
    private(set) var answerCount = 0
    private(set) var sentCount = 0
    private(set) var resetCount = 0
    private(set) var findings: [(reason: String, request: [UInt8])] = []

    private struct Connection {
        var descriptor: Int32
        var request: [UInt8]
        var received: [UInt8] = []
        var started: ContinuousClock.Instant
    }

    private static let connectionsMax = 32
    private static let waitMax = Duration.seconds(2)

    init(port: UInt16, seed: UInt64) {
        self.port = port
        mutator = RequestMutator(seed: seed)
    }

    mutating func run(requestCount: Int) {
        while sentCount < requestCount || !connections.isEmpty, findings.count < 20 {
            while connections.count < Self.connectionsMax, sentCount < requestCount { open() }
            receive()
        }
    }

    private mutating func open() {
        let request = mutator.next()
        sentCount += 1
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard connect(descriptor) else {
            findings.append(("no connection, errno \(errno)", request))
            close(descriptor)
            return
        }
        // At most 4 KiB: the socket takes them at once. A refusal may come before the last byte.
        _ = csystem_send(descriptor, request, request.count)
        _ = csystem_shutdown_writing(descriptor)
        connections.append(
            Connection(descriptor: descriptor, request: request, started: .now)
        )
    }

    private func connect(_ descriptor: Int32) -> Bool {
        var address = sockaddr_storage()
        var length = socklen_t()
        _ = csystem_address_parse("127.0.0.1", port, &address, &length)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, length) == 0
            }
        }
    }

    private mutating func receive() {
        var waits = connections.map {
            pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
        }
        poll(&waits, nfds_t(waits.count), 100)
        let now = ContinuousClock.now
        for index in connections.indices.reversed() {
            if waits[index].revents != 0, isEnded(index) {
                judge(connections.remove(at: index))
            } else if connections[index].started.duration(to: now) > Self.waitMax {
                let connection = connections.remove(at: index)
                findings.append(("still open after 2 s", connection.request))
                close(connection.descriptor)
            }
        }
    }

    /// Takes what has come; whether that was the end.
    private mutating func isEnded(_ index: Int) -> Bool {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = csystem_receive(connections[index].descriptor, &buffer, buffer.count)
        if count > 0 { connections[index].received += buffer[..<count] }
        if count < 0 { resetCount += 1 }
        return count <= 0
    }

    private mutating func judge(_ connection: Connection) {
        close(connection.descriptor)
        let answers = AnswerStream(connection.received)
        answerCount += answers.statuses.count
        if !answers.isWhole { findings.append(("no whole answers", connection.request)) }
        let meant = connection.received.contains(Self.floodMark) ? [501, 503, 505] : [501, 505]
        if let status = answers.statuses.first(where: { $0 >= 500 && !meant.contains($0) }) {
            findings.append(("status \(status)", connection.request))
        }
    }

    private static let floodMark = Array("problem:keys-unavailable".utf8)
}
