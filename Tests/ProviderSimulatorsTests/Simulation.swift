import Cryptography
import HTTPWire
import JSONText
import Synchronization

@testable import ProviderSimulators

/// One simulator with a clock that stands still, and short ways to ask it.
struct Simulation: Sendable {
    /// 2026-01-01T00:00:00Z in seconds.
    static let epoch: Int64 = 1_767_225_600
    static let credentials = SimulatorCredentials()

    let simulator: ProviderSimulator
    private let clock: Clock

    private final class Clock: Sendable {
        let seconds = Atomic<Int64>(Simulation.epoch)
        let slept = Mutex<[Duration]>([])
    }

    init(
        imageCount: Int = 120,
        seed: UInt64 = 7,
        latency: Duration = .zero,
        hasDoors: Bool = false
    ) {
        let clock = Clock()
        self.clock = clock
        let configuration = SimulatorConfiguration(
            imageCount: imageCount,
            seed: seed,
            latency: latency,
            now: { clock.seconds.load(ordering: .relaxed) * 1_000_000 },
            sleep: { duration in clock.slept.withLock { $0.append(duration) } },
            hasDoors: hasDoors
        )
        simulator = ProviderSimulator(configuration: configuration)
    }

    var seconds: Int64 { clock.seconds.load(ordering: .relaxed) }
    var slept: [Duration] { clock.slept.withLock { $0 } }

    func pass(seconds: Int64) {
        clock.seconds.wrappingAdd(seconds, ordering: .relaxed)
    }

    func send(
        _ method: String = "GET",
        _ target: String,
        _ fields: [String: String] = [:],
        body: String = "",
        peer: String = "127.0.0.1"
    ) async -> HTTPResponse {
        let all = ["host": "127.0.0.1:9100"].merging(fields) { $1 }
        let request = HTTPRequest(
            method: method,
            target: target,
            fields: all.sorted { $0.key < $1.key }.map { HTTPField($0.key, $0.value) },
            body: Array(body.utf8),
            peer: HTTPPeer(address: peer)
        )
        return await simulator.respond(to: request)
    }

    /// The generator's own list.
    func truth(_ provider: String, _ more: String = "") async throws -> [JSONValue] {
        let answer = await send("GET", "/__simulator/truth?provider=\(provider)\(more)")
        return try answer.json["images"]?.arrayValue ?? []
    }

    func change(_ body: String) async throws -> JSONValue {
        try await send("POST", "/__simulator/images", body: body).json
    }
}

extension HTTPResponse {
    var json: JSONValue {
        get throws { try JSONValue(parsing: body) }
    }

    var text: String { String(decoding: body, as: UTF8.self) }
}

extension [JSONValue] {
    func texts(_ member: String) -> [String] {
        compactMap { $0[member]?.stringValue ?? $0[member]?.integerValue.map(String.init) }
    }
}
