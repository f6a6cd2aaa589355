internal import CSystem
internal import EventLoops
internal import Glibc

/// What a non-blocking read or write came to.
enum TransferResult: Equatable {
    /// At least one.
    case bytes(Int)
    case wouldBlock
    /// The other side sends no more.
    case ended
    /// Reset, or as good as.
    case failed
}

/// A connected socket, plain or under TLS. Belongs to one connection, on its loop's thread.
final class Transport {
    let rawDescriptor: Int32
    /// `nil` on a plain connection.
    let tls: TLSSession?
    private let descriptor: FileDescriptor

    init(descriptor: consuming FileDescriptor, tls: TLSSession? = nil) {
        rawDescriptor = descriptor.rawValue
        self.tls = tls
        self.descriptor = descriptor
    }

    /// Where TLS has failed, what still comes is as it was sent.
    func receive(into bytes: UnsafeMutableRawBufferPointer) -> TransferResult {
        if let tls, !tls.hasFailed { return tls.receive(into: bytes) }
        while true {
            let count = csystem_receive(rawDescriptor, bytes.baseAddress, bytes.count)
            if count > 0 { return .bytes(count) }
            if count == 0 { return .ended }
            guard errno == EINTR else { return Self.failure() }
        }
    }

    func send(_ bytes: UnsafeRawBufferPointer) -> TransferResult {
        if let tls { return tls.send(bytes) }
        while true {
            let count = csystem_send(rawDescriptor, bytes.baseAddress, bytes.count)
            if count >= 0 { return .bytes(count) }
            guard errno == EINTR else { return Self.failure() }
        }
    }

    /// Ends our half; the other side reads to the end and then sees it.
    func shutdownWriting() {
        tls?.shutdownWriting()
        _ = csystem_shutdown_writing(rawDescriptor)
    }

    /// The close to come ends the connection with a reset.
    func resetOnClose() {
        _ = csystem_reset_on_close(rawDescriptor)
    }

    private static func failure() -> TransferResult {
        let code = errno
        precondition(code != EBADF && code != EFAULT, "a socket or address that is not ours")
        return code == EAGAIN || code == EWOULDBLOCK ? .wouldBlock : .failed
    }
}
