internal import CBenchmarkSystem
internal import CSystem
internal import Glibc

/// Questions at a fixed rate, whatever the answers do, so that a server that stalls is not spared the
/// questions it would have had meanwhile. Times count from the moment at which a question was due.
final class PacedLoad {
    /// The parts of one question: each goes out on a connection of its own, and the last answer ends it.
    private let parts: [[UInt8]]
    private let port: UInt16
    private let pause: Duration
    private var connections: [Connection] = []
    private var asked: [(due: ContinuousClock.Instant, missing: Int)] = []
    private(set) var times: [Double] = []
    private(set) var failureCount = 0

    private struct Connection {
        let descriptor: Int32
        var input: [UInt8] = []
        /// Which question its answer belongs to; `nil` while it is free.
        var question: Int?
    }

    init(_ parts: [[UInt8]], to port: UInt16, perSecond rate: Double) {
        self.parts = parts
        self.port = port
        pause = .seconds(1 / rate)
    }

    deinit { for connection in connections { close(connection.descriptor) } }

    /// Asks for so long and waits for what is still missing then, two seconds at most.
    func run(seconds: Double) throws(Unmeasured) {
        let begin = ContinuousClock.now
        var count = 0
        let total = Int(seconds / pause.inSeconds)
        let end = begin + .seconds(seconds + 2)
        while count < total || connections.contains(where: { $0.question != nil }) {
            let now = ContinuousClock.now
            guard now < end else { break }
            let due = begin + pause * count
            if count < total, due <= now {
                try ask(due)
                count += 1
            } else {
                receive(until: count < total ? due : end)
            }
        }
        failureCount += connections.count { $0.question != nil }
    }

    private func ask(_ due: ContinuousClock.Instant) throws(Unmeasured) {
        asked.append((due, parts.count))
        for part in parts {
            let index = try freeConnection()
            connections[index].question = asked.count - 1
            _ = csystem_send(connections[index].descriptor, part, part.count)
        }
    }

    private func freeConnection() throws(Unmeasured) -> Int {
        if let index = connections.firstIndex(where: { $0.question == nil }) { return index }
        connections.append(Connection(descriptor: try Loopback.connection(to: port)))
        return connections.count - 1
    }

    private func receive(until end: ContinuousClock.Instant) {
        var watched = connections.map {
            pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0)
        }
        let rest = max(.zero, ContinuousClock.now.duration(to: end)).inSeconds
        guard ig_poll(&watched, nfds_t(watched.count), Int64(rest * 1e9)) > 0 else { return }
        for index in watched.indices.reversed() where watched[index].revents != 0 { receive(index) }
    }

    private func receive(_ index: Int) {
        let count = withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 16) { buffer in
            let descriptor = connections[index].descriptor
            let count = csystem_receive(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { connections[index].input += buffer[..<count] }
            return count
        }
        if count <= 0 {
            if connections[index].question != nil { failureCount += 1 }
            close(connections.remove(at: index).descriptor)
            return
        }
        guard let message = WireMessage(connections[index].input) else { return }
        connections[index].input.removeAll(keepingCapacity: true)
        guard let question = connections[index].question else { return }
        connections[index].question = nil
        if message.status != 200 { failureCount += 1 }
        asked[question].missing -= 1
        guard asked[question].missing == 0 else { return }
        times.append(asked[question].due.duration(to: .now).inSeconds)
    }
}

extension Array<Double> {
    /// The value that a share of all lie at or below; not a number where there is none.
    func quantile(_ share: Double) -> Double {
        guard !isEmpty else { return .nan }
        let sorted = self.sorted()
        return sorted[Swift.min(count - 1, Int((Double(count) * share).rounded(.down)))]
    }

    var median: Double { quantile(0.5) }
}
