internal import CCurl
internal import EventLoops

/// One of libcurl's sockets, as the loop sees it. The registration's generation keeps events of a
/// descriptor's previous owner away.
final class SocketWatch: ReadinessHandler {
    let socket: Int32
    /// Whether the connection has served a call before. Only sockets that were in the pool are known to be
    /// connections, whose end `socketClosed` hears of; libcurl's resolver has sockets of its own.
    let wasIdle: Bool
    var readiness: Readiness
    var registration: Registration?
    private let engine: CurlEngine

    init(_ socket: Int32, wasIdle: Bool, _ readiness: Readiness, engine: CurlEngine) {
        self.socket = socket
        self.wasIdle = wasIdle
        self.readiness = readiness
        self.engine = engine
    }

    func ready(_ readiness: Readiness) {
        var bits: Int32 = 0
        if readiness.contains(.read) { bits |= CURL_CSELECT_IN }
        if readiness.contains(.write) { bits |= CURL_CSELECT_OUT }
        if !readiness.isDisjoint(with: [.error, .hangUp]) { bits |= CURL_CSELECT_ERR }
        engine.act(on: socket, bits)
    }
}
