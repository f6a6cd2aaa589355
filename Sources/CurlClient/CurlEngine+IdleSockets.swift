internal import CCurl
internal import EventLoops
internal import Glibc

/// The socket of a pooled HTTP/1 connection that no call uses.
struct IdleSocket {
    let socket: Int32
    /// Parked, where the connection has served more than one call.
    var registration: Registration?
}

/// A peer that sends a second answer unasked would have it taken for the answer to the next request on that
/// connection: libcurl looks whether an idle connection has ended, not whether it has become readable.
/// So before a call begins, idle HTTP/1 connections that hold bytes are shut down, and libcurl, finding them
/// dead, opens another. Nobody waits for them meanwhile: an idle connection wakes the loop once, at its end.
extension CurlEngine {
    /// After a call: its connection goes to libcurl's pool, unless another call has it already. One that was in the pool
    /// before is noted when libcurl ceases to watch it, but for one that another call had taken before its first had
    /// ended here.
    /// HTTP/2 frames may come at any time and name their stream, so those connections are left alone.
    func noteIdle(_ handle: EasyHandle) {
        idleSocketsChecked = nil
        guard handle.protocolVersion != .http2,
            let socket = handle.socket, watches[socket] == nil,
            !idleSockets.contains(where: { $0.socket == socket })
        else { return }
        idleSockets.append(IdleSocket(socket: socket))
    }

    /// A socket that is watched is in use, its bytes are somebody's answer. `nil` where it was not idle.
    func noteBusy(_ socket: Int32) -> IdleSocket? {
        guard let index = idleSockets.firstIndex(where: { $0.socket == socket }) else { return nil }
        return idleSockets.remove(at: index)
    }

    /// Once per turn of the loop, and again where a call has ended in it. What the loop hears of parked sockets would
    /// not do: it is as old as the turn.
    func retirePoisoned() {
        guard !idleSockets.isEmpty, idleSocketsChecked != loop.now else { return }
        idleSocketsChecked = loop.now
        var looks = idleSockets.map { pollfd(fd: $0.socket, events: Int16(POLLIN), revents: 0) }
        guard poll(&looks, nfds_t(looks.count), 0) > 0 else { return }
        for look in looks where look.revents != 0 && ccurl_retire_if_unasked(look.fd) {
            forget(idle: look.fd)
        }
    }

    /// The loop is told before the descriptor is closed.
    func forget(idle socket: Int32) {
        if let parked = noteBusy(socket)?.registration { loop.deregister(parked) }
    }
}
