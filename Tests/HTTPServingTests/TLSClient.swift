import COpenSSL
import CSystem
import Glibc

/// A blocking TLS client over a `RawClient`'s socket.
final class TLSClient {
    private let socket: RawClient
    private let context: OpaquePointer
    private let session: OpaquePointer

    enum Failure: Error, Equatable {
        case setup
        case handshake
        case read
        case write
    }

    struct Options {
        var certificate: (file: String, key: String)?
        /// ALPN list in wire form.
        var protocols: [UInt8] = Array("\u{8}http/1.1".utf8)
        var versionMax = TLS1_3_VERSION
    }

    init(port: UInt16, _ options: Options = Options()) throws {
        // OpenSSL writes to closed sockets without MSG_NOSIGNAL.
        signal(SIGPIPE, SIG_IGN)
        socket = try RawClient(port: port)
        guard let context = SSL_CTX_new(TLS_client_method()) else { throw Failure.setup }
        self.context = context
        SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(options.versionMax), nil)
        SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, 0, nil)
        if let certificate = options.certificate {
            SSL_CTX_use_certificate_chain_file(context, certificate.file)
            SSL_CTX_use_PrivateKey_file(context, certificate.key, SSL_FILETYPE_PEM)
        }
        guard let session = SSL_new(context) else { throw Failure.setup }
        self.session = session
        SSL_set_alpn_protos(session, options.protocols, UInt32(options.protocols.count))
        SSL_set_fd(session, socket.rawDescriptor)
        guard SSL_connect(session) == 1 else { throw Failure.handshake }
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    var version: String { String(cString: SSL_get_version(session)) }

    var selectedProtocol: String {
        var name: UnsafePointer<UInt8>?
        var length: UInt32 = 0
        SSL_get0_alpn_selected(session, &name, &length)
        return String(decoding: UnsafeBufferPointer(start: name, count: Int(length)), as: UTF8.self)
    }

    /// Common name of the server's certificate.
    var serverName: String {
        let certificate = SSL_get1_peer_certificate(session)
        defer { X509_free(certificate) }
        var text = [CChar](repeating: 0, count: 128)
        let subject = X509_get_subject_name(certificate)
        X509_NAME_get_text_by_NID(subject, NID_commonName, &text, 128)
        return String(
            decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) },
            as: UTF8.self
        )
    }

    func send(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard SSL_write(session, bytes, Int32(bytes.count)) == bytes.count else {
            throw Failure.write
        }
    }

    /// Why nothing can be read; empty for a plain reset.
    func readFailure() -> String {
        ERR_clear_error()
        var byte: UInt8 = 0
        guard SSL_read(session, &byte, 1) <= 0,
            let reason = ERR_reason_error_string(ERR_peek_error())
        else { return "" }
        return String(cString: reason)
    }

    /// Whether the other side has ended the connection; waits for a byte or the end.
    func receiveEnd() -> Bool {
        var byte: UInt8 = 0
        return SSL_read(session, &byte, 1) <= 0
    }

    func receiveAnswer() throws -> Answer {
        var all: [UInt8] = []
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let answer = Answer(all) { return answer }
            let count = SSL_read(session, &bytes, Int32(bytes.count))
            guard count > 0 else { throw Failure.read }
            all += bytes[..<Int(count)]
        }
    }
}
