import Glibc
import Synchronization

/// A server on loopback that plays one script per connection, each on a thread of its own.
final class ScriptedServer: Sendable {
    typealias Script = @Sendable (TestSocket, ScriptedServer) -> Void

    let port: UInt16
    private let listener: Int32
    private let acceptor = Mutex<TestThread?>(nil)
    private let state = Mutex(State())

    private struct State {
        var sockets: [Int32: TestSocket] = [:]
        var threads: [TestThread] = []
        var acceptedCount = 0
        var requests: [String] = []
    }

    init(_ script: @escaping Script) {
        (listener, port) = listenOnLoopback()
        acceptor.withLock { $0 = TestThread { self.acceptAll(script) } }
    }

    /// Answers each request of each connection by `answer`.
    static func answering(
        _ answer: @escaping @Sendable (TestSocket, String) -> Void
    ) -> ScriptedServer {
        ScriptedServer { socket, server in
            while let request = server.readRequest(socket) { answer(socket, request) }
        }
    }

    var url: String { "http://127.0.0.1:\(port)" }
    var acceptedCount: Int { state.withLock { $0.acceptedCount } }
    var openCount: Int { state.withLock { $0.sockets.count } }
    var requests: [String] { state.withLock { $0.requests } }

    func readRequest(_ socket: TestSocket) -> String? {
        guard let request = socket.readRequest() else { return nil }
        state.withLock { $0.requests.append(request) }
        return request
    }

    /// Ends every script by closing its connection, and waits for the threads.
    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        acceptor.withLock { $0 }?.join()
        close(listener)
        let threads = state.withLock { state in
            for socket in state.sockets.keys { shutdown(socket, Int32(SHUT_RDWR)) }
            return state.threads
        }
        for thread in threads { thread.join() }
    }

    private func acceptAll(_ script: @escaping Script) {
        while true {
            let descriptor = accept(listener, nil, nil)
            if descriptor < 0 { return }
            // What a script has sent has arrived: nothing waits for an acknowledgement.
            var isOn: Int32 = 1
            setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, 4)
            state.withLock { state in
                let socket = TestSocket(descriptor: descriptor, index: state.acceptedCount)
                state.acceptedCount += 1
                state.sockets[descriptor] = socket
                state.threads.append(TestThread { self.play(script, socket) })
            }
        }
    }

    private func play(_ script: Script, _ socket: TestSocket) {
        script(socket, self)
        state.withLock { state in
            state.sockets[socket.descriptor] = nil
            _ = close(socket.descriptor)
        }
    }
}

/// A listening socket on a port of the kernel's choice.
func listenOnLoopback(backlog: Int32 = 64) -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
            let bound = bind(descriptor, address, length)
            precondition(bound == 0 && listen(descriptor, backlog) == 0, "loopback must be there")
            getsockname(descriptor, address, &length)
        }
    }
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

func connectToLoopback(port: UInt16) -> Int32 {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    let connected = withUnsafePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
        }
    }
    precondition(connected == 0, "loopback must be there")
    return descriptor
}
