import EventLoops
import HTTPServing
import ProviderSimulators
import Synchronization
import TestKit

/// A provider's port with TLS, where the certificate that is shown can be exchanged.
final class SecureDoor: Sendable {
    private let door: ProviderDoor
    private let certificates: TestCertificates
    private let loop: EventLoop
    private let thread: LoopThread
    private let open = Mutex<Open?>(nil)

    private struct Open {
        var address: String
        var server: HTTPServer
    }

    init(_ door: ProviderDoor, _ certificates: TestCertificates) throws {
        self.door = door
        self.certificates = certificates
        loop = try EventLoop()
        thread = loop.start(name: "secure-door")
    }

    /// Whoever comes from now on, and whoever was connected, meets this certificate. The new listener is there before
    /// the old one goes, so the port stays ours. Returns the origin, which is always the same.
    func show(_ certificate: String) async throws -> String {
        let old = open.withLock { $0 }
        let tls = HTTPServing.TLSConfiguration(
            certificateFile: certificates.certificate(certificate),
            keyFile: certificates.key(certificate)
        )
        let server = HTTPServer(
            configuration: .init(
                address: old?.address ?? "127.0.0.1:0",
                tls: tls,
                joinsOthers: true
            ),
            loops: [loop]
        ) { [door] _ in door }
        let address = "\(try server.start())"
        open.withLock { $0 = Open(address: address, server: server) }
        old?.server.stop()
        // Behind what `stop` left for the loop to close.
        await withCheckedContinuation { continuation in loop.submit { continuation.resume() } }
        return "https://\(address)"
    }

    func close() {
        loop.stop()
        thread.join()
    }
}
