internal import CCurl
internal import EventLoops
internal import MonotonicTime
internal import Upstreams

/// `CURL_SOCKET_TIMEOUT`: "no socket, time is up".
let curlSocketTimeout: Int32 = -1

/// libcurl: "watch this socket for that from now on", or no longer. It says "no longer" before it closes.
func socketChanged(
    _ easy: UnsafeMutableRawPointer?,
    _ socket: curl_socket_t,
    _ what: Int32,
    _ context: UnsafeMutableRawPointer?,
    _: UnsafeMutableRawPointer?,
) -> Int32 {
    guard let context else { return 0 }
    let engine = Unmanaged<CurlEngine>.fromOpaque(context).takeUnretainedValue()
    if engine.watch(socket, for: readiness(what)) { return 0 }
    if let easy { engine.abandonSoon(easy) }
    return 0
}

/// libcurl: "call me in so many milliseconds"; -1 means not at all.
func timerChanged(
    _: UnsafeMutableRawPointer?,
    _ milliseconds: Int,
    _ context: UnsafeMutableRawPointer?,
) -> Int32 {
    guard let context else { return 0 }
    let engine = Unmanaged<CurlEngine>.fromOpaque(context).takeUnretainedValue()
    engine.wakeUp =
        milliseconds < 0 ? nil : engine.loop.now.advanced(by: .milliseconds(milliseconds))
    return 0
}

/// Every socket of a connection is closed through here, so no list of ours outlives its descriptor.
func socketClosed(_ context: UnsafeMutableRawPointer?, _ socket: curl_socket_t) -> Int32 {
    if let context {
        let engine = Unmanaged<CurlEngine>.fromOpaque(context).takeUnretainedValue()
        engine.forget(socket)
    }
    return ccurl_close(socket)
}

func headReceived(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?,
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.received(headLine: line) ? line.count : stopTransfer(line.count)
}

func bodyReceived(
    _ bytes: UnsafeMutablePointer<CChar>?,
    _ size: Int,
    _ count: Int,
    _ context: UnsafeMutableRawPointer?,
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
    let part = UnsafeRawBufferPointer(start: bytes, count: size * count)
    return transfer.received(body: part) ? part.count : stopTransfer(part.count)
}

/// Any count but the true one ends the transfer with a write error.
private func stopTransfer(_ count: Int) -> Int {
    count == 0 ? 1 : 0
}

private func readiness(_ what: Int32) -> Readiness {
    switch what {
    case CURL_POLL_IN: .read
    case CURL_POLL_OUT: .write
    case CURL_POLL_INOUT: [.read, .write]
    default: []
    }
}

extension CurlEngine {
    /// `false` where the kernel refuses. An empty readiness ends the watch.
    fileprivate func watch(_ socket: Int32, for readiness: Readiness) -> Bool {
        if readiness.isEmpty {
            park(socket)
            return true
        }
        do throws(SystemError) {
            try rewatch(socket, for: readiness)
            return true
        } catch {
            unwatch(socket)
            return false
        }
    }

    private func rewatch(_ socket: Int32, for readiness: Readiness) throws(SystemError) {
        if let watch = watches[socket], let registration = watch.registration {
            watch.readiness = readiness
            try loop.update(registration, for: readiness)
            return
        }
        let idle = noteBusy(socket)
        let watch = SocketWatch(socket, wasIdle: idle != nil, readiness, engine: self)
        watch.registration = unpark(idle?.registration, watch)
        if watch.registration == nil {
            watch.registration = try loop.register(socket, for: readiness, handler: watch)
        }
        watches[socket] = watch
    }

    /// libcurl asks to read from a connection and, answered, no longer, call after call: two system calls for
    /// each, were the kernel to hear of it.
    private func unpark(_ registration: Registration?, _ watch: SocketWatch) -> Registration? {
        guard let registration else { return nil }
        if watch.readiness == .read, loop.unpark(registration, handler: watch) {
            return registration
        }
        loop.deregister(registration)
        return nil
    }

    /// A connection that was in the pool before goes back to it.
    private func park(_ socket: Int32) {
        guard let watch = watches.removeValue(forKey: socket) else { return }
        var parked = watch.registration
        if let registration = watch.registration {
            if watch.wasIdle, watch.readiness == .read {
                loop.park(registration)
            } else {
                loop.deregister(registration)
                parked = nil
            }
        }
        if watch.wasIdle {
            idleSockets.append(IdleSocket(socket: socket, registration: parked))
        }
    }

    fileprivate func forget(_ socket: Int32) {
        unwatch(socket)
        forget(idle: socket)
    }

    private func unwatch(_ socket: Int32) {
        guard let watch = watches.removeValue(forKey: socket) else { return }
        if let registration = watch.registration { loop.deregister(registration) }
    }

    /// Not from inside the callback: removing a transfer calls the multi handle.
    fileprivate func abandonSoon(_ easy: UnsafeMutableRawPointer) {
        guard let transfer = transfer(of: easy) else { return }
        loop.submit { self.abandon(transfer) }
    }
}
