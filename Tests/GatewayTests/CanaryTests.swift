import EventLoops
import Federation
import HTTPServing
import HTTPWire
import ProviderSimulators
import Synchronization
import Testing

@testable import image_gateway

/// A host that no configuration names: nothing must ever reach it.
@Suite struct CanaryTests {
    private final class Canary: Responder {
        let requests = Mutex<[HTTPRequest]>([])
        let connections = Atomic<Int>(0)

        func greeting(of peer: HTTPPeer) -> WireScript? {
            connections.add(1, ordering: .relaxed)
            return nil
        }

        func respond(to request: HTTPRequest) async -> HTTPResponse {
            requests.withLock { $0.append(request) }
            return HTTPResponse(status: 200, body: Array("[]".utf8))
        }
    }

    @Test("No redirect and no link leads a request or a credential to another host")
    func elsewhere() async throws {
        let canary = Canary()
        let loop = try EventLoop()
        _ = loop.start(name: "canary")
        let server = HTTPServer(configuration: .init(address: "127.0.0.1:0"), loops: [loop]) { _ in
            canary
        }
        let address = "\(try server.start())"
        let gateway = try FaultGateway()
        try await gateway.warmUp()
        var faults: [String] = []
        for status in [300, 301, 302, 303, 305, 307, 308] {
            for target in ["http://\(address)", "//\(address)", "http://169.254.169.254"] {
                faults.append(
                    """
                    {"fault":"redirect","status":\(status),"target":"\(target)"}
                    """
                )
            }
        }
        for target in ["http://\(address)", "//\(address)", "http://user:secret@\(address)"] {
            faults.append("{\"fault\":\"foreign-next\",\"target\":\"\(target)\"}")
        }
        for fault in faults {
            await gateway.setFaults("[\(fault)]")
            for provider in SimulatedProvider.allCases {
                try gateway.node(provider).purge()
                try gateway.node(provider).reset()
            }
            // A starved machine may come to the deadline first; what then stands fast is the refusal.
            let (answer, _) = try await gateway.ask(until: {
                $0.status == 502 || !fault.contains("redirect")
            })
            if fault.contains("redirect") {
                #expect(answer.status == 502, "\(fault): \(answer.text.suffix(600))")
                #expect(answer.text.contains("redirect-refused"))
            }
            #expect(!answer.text.contains(address), "\(fault)")
        }
        #expect(canary.connections.load(ordering: .relaxed) == 0)
        #expect(canary.requests.withLock { $0 }.isEmpty)
        print(
            "seen: \(faults.count) ways to lead 5 providers astray, 0 connections to the other host"
        )
        loop.stop()
    }
}
