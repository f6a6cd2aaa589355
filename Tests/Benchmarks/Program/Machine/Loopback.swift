internal import CSystem
internal import Glibc

/// Sockets of this machine's own network.
enum Loopback {
    /// A listening socket on a free port.
    static func listener() throws(Unmeasured) -> (descriptor: Int32, port: UInt16) {
        var address = sockaddr_storage()
        var length = socklen_t()
        guard csystem_address_parse("127.0.0.1", 0, &address, &length) == 0,
            case let descriptor = csystem_listener(&address, length, 1024), descriptor >= 0,
            csystem_local_address(descriptor, &address) == 0
        else { throw Unmeasured(reason: "no port of 127.0.0.1 can be listened on") }
        var text = [CChar](repeating: 0, count: 64)
        let port = csystem_address_format(&address, &text, socklen_t(text.count))
        return (descriptor, UInt16(port))
    }

    /// A port for a program that cannot choose one itself. Somebody else may take it in between.
    static func freePort() throws(Unmeasured) -> UInt16 {
        let (descriptor, port) = try listener()
        close(descriptor)
        return port
    }

    /// A connected, non-blocking socket.
    static func connection(to port: UInt16) throws(Unmeasured) -> Int32 {
        var address = sockaddr_storage()
        var length = socklen_t()
        guard csystem_address_parse("127.0.0.1", port, &address, &length) == 0 else {
            throw Unmeasured(reason: "127.0.0.1 is no address here")
        }
        let descriptor = socket(
            AF_INET,
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue),
            0
        )
        let isConnected = withUnsafeBytes(of: &address) { bytes in
            guard let base = bytes.baseAddress else { return false }
            return connect(descriptor, base.assumingMemoryBound(to: sockaddr.self), length) == 0
        }
        guard isConnected, fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else {
            close(descriptor)
            throw Unmeasured(reason: "nobody listens on port \(port)")
        }
        var one: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
        return descriptor
    }

    /// Whether somebody listens on `port` by now.
    static func answers(_ port: UInt16) -> Bool {
        guard let descriptor = try? connection(to: port) else { return false }
        close(descriptor)
        return true
    }
}
