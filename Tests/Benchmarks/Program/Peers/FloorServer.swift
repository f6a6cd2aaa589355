internal import CSystem
internal import Glibc

/// The cheapest thing that can answer over HTTP: it receives whatever comes and sends the same bytes.
/// What a server costs beyond it is the server's own.
enum FloorServer {
    /// Serves the bytes of `file` behind the shortest head that wrk understands.
    static func run(_ listener: Int32, file: String) throws(Unmeasured) {
        guard let body = File.bytes(file) else { throw Unmeasured(reason: "\(file) is not there") }
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
        let answer = Array("\(head)\(body.count)\r\n\r\n".utf8) + body
        answer.withUnsafeBytes { serve(listener, $0) }
    }

    // Pointers throughout: no bounds are checked and nothing is counted, as in the C that this stands for.
    private static func serve(_ listener: Int32, _ answer: UnsafeRawBufferPointer) {
        let epoll = csystem_epoll_create()
        let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: 256)
        let input = UnsafeMutableRawPointer.allocate(byteCount: 65536, alignment: 16)
        let mask = EPOLLIN.rawValue
        _ = csystem_epoll_ctl(epoll, EPOLL_CTL_ADD, listener, mask, UInt64(listener))
        while true {
            let count = epoll_wait(epoll, events, 256, -1)
            guard count > 0 else { continue }
            for index in 0..<count {
                let descriptor = Int32(csystem_event_data(events, index))
                if descriptor == listener {
                    let new = csystem_accept(listener, nil, nil)
                    if new >= 0 {
                        _ = csystem_epoll_ctl(epoll, EPOLL_CTL_ADD, new, mask, UInt64(new))
                    }
                } else if csystem_receive(descriptor, input, 65536) <= 0
                    || csystem_send(descriptor, answer.baseAddress, answer.count) != answer.count
                {
                    close(descriptor)
                }
            }
        }
    }
}
