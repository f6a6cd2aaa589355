internal import CBenchmarkSystem
internal import CSystem
internal import Glibc

/// Upstreams of every dialect behind one port, answering any caller with fixed lists: at once or after a
/// set time, the same bytes each time or with one image changed.
struct ListServer {
    private let listener: Int32
    private let epoll: Int32
    private let delay: Duration
    private let changes: Bool
    private var answers: [Answer] = []
    private var answerOfRoute: [String: Int] = [:]
    private var inputs: [Int32: [UInt8]] = [:]
    /// Answers that wait for their time; all wait equally long, so the first due stands first.
    private var waiting: [(due: ContinuousClock.Instant, descriptor: Int32, bytes: [UInt8])] = []

    private struct Answer {
        var bytes: [UInt8]
        /// Where the digits that count stand.
        let revision: Range<Int>
        var count = 0
    }

    private static let notFound = Array("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".utf8)

    init(_ listener: Int32, delay: Duration, changes: Bool) throws(Unmeasured) {
        self.listener = listener
        self.delay = delay
        self.changes = changes
        epoll = csystem_epoll_create()
        let mask = EPOLLIN.rawValue
        guard csystem_epoll_ctl(epoll, EPOLL_CTL_ADD, listener, mask, UInt64(listener)) == 0 else {
            throw Unmeasured(reason: "epoll cannot be had")
        }
    }

    mutating func add(_ body: ListBody) {
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
        let text = "\(head)\(body.text.utf8.count)\r\n\r\n\(body.text)"
        let place = text.firstRange(of: ListBody.revision)
        let begin = place.map { text.utf8.distance(from: text.startIndex, to: $0.lowerBound) } ?? 0
        let revision = begin..<begin + (place == nil ? 0 : ListBody.revision.utf8.count)
        for route in body.routes { answerOfRoute[route] = answers.count }
        answers.append(Answer(bytes: Array(text.utf8), revision: revision))
    }

    /// Never returns. Whoever answers after a set time answers then, not when its core is free.
    mutating func run() throws(Unmeasured) {
        if delay > .zero { ig_go_first(1) }
        var events = [epoll_event](repeating: epoll_event(), count: 64)
        while true {
            waitForEvents()
            sendDue()
            let count = epoll_wait(epoll, &events, Int32(events.count), 0)
            for index in 0..<max(0, count) {
                let descriptor = Int32(csystem_event_data(events, index))
                if descriptor == listener { accept() } else { receive(descriptor) }
            }
        }
    }

    /// Until somebody speaks or an answer is due. `epoll_wait` knows milliseconds only.
    private func waitForEvents() {
        var watched = pollfd(fd: epoll, events: Int16(POLLIN), revents: 0)
        let rest = waiting.first.map { max(.zero, ContinuousClock.now.duration(to: $0.due)) }
        _ = ig_poll(&watched, 1, rest.map { Int64($0.inSeconds * 1e9) } ?? -1)
    }

    private mutating func accept() {
        let new = csystem_accept(listener, nil, nil)
        guard new >= 0 else { return }
        inputs[new] = []
        _ = csystem_epoll_ctl(epoll, EPOLL_CTL_ADD, new, EPOLLIN.rawValue, UInt64(new))
    }

    private mutating func receive(_ descriptor: Int32) {
        let count = withUnsafeTemporaryAllocation(byteCount: 16384, alignment: 16) { buffer in
            let count = csystem_receive(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { inputs[descriptor, default: []] += buffer[..<count] }
            return count
        }
        if count > 0 { return answer(descriptor) }
        if count < 0, errno == EAGAIN { return }
        inputs[descriptor] = nil
        waiting.removeAll { $0.descriptor == descriptor }
        close(descriptor)
    }

    private mutating func answer(_ descriptor: Int32) {
        while let request = WireMessage(inputs[descriptor] ?? []) {
            inputs[descriptor]?.removeFirst(request.byteCount)
            let bytes = nextAnswer(to: request.route)
            if delay == .zero {
                ListServer.send(bytes, to: descriptor)
            } else {
                waiting.append((ContinuousClock.now + delay, descriptor, bytes))
            }
        }
    }

    private mutating func nextAnswer(to route: String) -> [UInt8] {
        guard let index = answerOfRoute[route] else { return ListServer.notFound }
        guard changes else { return answers[index].bytes }
        answers[index].count += 1
        var rest = answers[index].count
        for place in answers[index].revision.reversed() {
            answers[index].bytes[place] = UInt8(0x30 + rest % 10)
            rest /= 10
        }
        return answers[index].bytes
    }

    private mutating func sendDue() {
        while let first = waiting.first, first.due <= ContinuousClock.now {
            ListServer.send(first.bytes, to: first.descriptor)
            waiting.removeFirst()
        }
    }

    private static func send(_ bytes: [UInt8], to descriptor: Int32) {
        var offset = 0
        while offset < bytes.count {
            let count = bytes[offset...].withUnsafeBytes {
                csystem_send(descriptor, $0.baseAddress, $0.count)
            }
            if count > 0 { offset += count }
            if count < 0, errno != EAGAIN { return }
            if count < 0 {
                var full = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&full, 1, 1000)
            }
        }
    }
}
