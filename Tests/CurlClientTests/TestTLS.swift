import COpenSSL
import Glibc

/// The server's side of TLS on a blocking socket.
final class TestTLS {
    private let context = SSL_CTX_new(TLS_server_method())
    private let connection: OpaquePointer?
    private var buffered: [UInt8] = []

    /// `nil` where the handshake fails.
    init?(_ socket: TestSocket, _ certificate: TestCertificate, http2: Bool = false) {
        SSL_CTX_use_certificate(context, certificate.certificate)
        SSL_CTX_use_PrivateKey(context, certificate.key)
        if http2 { SSL_CTX_set_alpn_select_cb(context, chooseHTTP2, nil) }
        connection = SSL_new(context)
        SSL_set_fd(connection, socket.descriptor)
        guard SSL_accept(connection) == 1 else { return nil }
    }

    deinit {
        SSL_free(connection)
        SSL_CTX_free(context)
    }

    func write(_ bytes: [UInt8]) {
        SSL_write(connection, bytes, Int32(bytes.count))
    }

    /// Exactly so many bytes; `nil` at the end.
    func read(_ count: Int) -> [UInt8]? {
        while buffered.count < count {
            var bytes = [UInt8](repeating: 0, count: 16_384)
            let received = SSL_read(connection, &bytes, Int32(bytes.count))
            if received <= 0 { return nil }
            buffered += bytes.prefix(Int(received))
        }
        defer { buffered.removeFirst(count) }
        return Array(buffered.prefix(count))
    }

    /// A request's head, without a body.
    func readRequest() -> String? {
        var head: [UInt8] = []
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard let byte = read(1) else { return nil }
            head += byte
        }
        return String(decoding: head, as: UTF8.self)
    }

    /// Just enough of HTTP/2 (RFC 9113) to answer every request with status 200 and `body`.
    func serveHTTP2(_ body: String) {
        guard read(24) != nil else { return }
        write(frame(type: 4, flags: 0, stream: 0, []))
        while let head = read(9) {
            let length = Int(head[0]) << 16 | Int(head[1]) << 8 | Int(head[2])
            guard read(length) != nil else { return }
            let stream = head[8]
            switch (head[3], head[4] & 1) {
            case (4, 0): write(frame(type: 4, flags: 1, stream: 0, []))
            case (1, _):
                // 0x88 is `:status: 200` of HPACK's static table.
                write(frame(type: 1, flags: 4, stream: stream, [0x88]))
                write(frame(type: 0, flags: 1, stream: stream, Array(body.utf8)))
            default: break
            }
        }
    }

    private func frame(type: UInt8, flags: UInt8, stream: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(body.count), type, flags, 0, 0, 0, stream] + body
    }
}

private let http2Name: StaticString = "h2"

private func chooseHTTP2(
    _: OpaquePointer?,
    _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
    _ length: UnsafeMutablePointer<UInt8>?,
    _: UnsafePointer<UInt8>?,
    _: UInt32,
    _: UnsafeMutableRawPointer?
) -> Int32 {
    chosen?.pointee = http2Name.utf8Start
    length?.pointee = 2
    return SSL_TLSEXT_ERR_OK
}
