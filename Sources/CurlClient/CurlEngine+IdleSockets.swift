internal import CCurl
internal import EventLoops
internal import Glibc

/// A peer that sends a second answer unasked would have it taken for the answer to the next request on that
/// connection: libcurl looks whether an idle connection has ended, not whether it has become readable.
/// So before a call begins, idle HTTP/1 connections that hold bytes are shut down, and libcurl, finding them
/// dead, opens another. Nobody waits for them meanwhile: an idle connection wakes the loop once, at its end.
extension CurlEngine {
    /// After a call: its connection goes back to libcurl's pool, unless another call has it already.
    /// HTTP/2 frames may come at any time and name their stream, so those connections are left alone.
    func noteIdle(_ handle: EasyHandle) {
        idleSocketsChecked = nil
        guard handle.protocolVersion != .http2, let socket = handle.socket,
            watches[socket] == nil, !idleSockets.contains(where: { $0.fd == socket })
        else { return }
        idleSockets.append(pollfd(fd: socket, events: Int16(POLLIN), revents: 0))
    }

    /// A socket that is watched is in use, its bytes are somebody's answer. Whether it was idle before.
    @discardableResult
    func noteBusy(_ socket: Int32) -> Bool {
        guard let index = idleSockets.firstIndex(where: { $0.fd == socket }) else { return false }
        idleSockets.remove(at: index)
        return true
    }

    /// Once per turn of the loop, and again where a call has ended in it.
    func retirePoisoned() {
        guard !idleSockets.isEmpty, idleSocketsChecked != loop.now else { return }
        idleSocketsChecked = loop.now
        guard poll(&idleSockets, nfds_t(idleSockets.count), 0) > 0 else { return }
        idleSockets.removeAll { $0.revents != 0 && ccurl_retire_if_unasked($0.fd) }
    }
}
