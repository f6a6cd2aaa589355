internal import CCurl
internal import EventLoops

/// One of libcurl's sockets, as the loop sees it. The registration's generation keeps events of a
/// descriptor's previous owner away.
final class SocketWatch: ReadinessHandler {
    let socket: Int32
    var registration: Registration?
    private let engine: CurlEngine

    init(socket: Int32, engine: CurlEngine) {
        self.socket = socket
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
