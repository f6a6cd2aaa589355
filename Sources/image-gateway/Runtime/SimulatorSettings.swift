internal import EventLoops
internal import HTTPServing
internal import HTTPWire
internal import ImageModel
internal import ProviderSimulators

/// How the simulators of one process run.
struct SimulatorSettings {
    var address = "127.0.0.1:9100"
    var imageCount = 200
    var seed: UInt64 = 1
    var latency = Duration.zero

    init(_ arguments: Arguments) throws(Arguments.Mistake) {
        address = arguments["listen"] ?? address
        imageCount = try arguments.integer("images", in: 0...10_000_000, default: imageCount)
        seed = UInt64(try arguments.integer("seed", in: 0...Int.max, default: 1))
        latency = try arguments.duration("latency", default: .zero)
    }

    /// One simulator behind all loops.
    func server(on loops: [EventLoop]) -> HTTPServer {
        let timer = loops[0]
        let simulator = ProviderSimulator(
            configuration: SimulatorConfiguration(
                imageCount: imageCount,
                seed: seed,
                latency: latency,
                now: { WallClock.now.microseconds },
                sleep: { try? await timer.sleep(until: ContinuousClock.now + $0) }
            )
        )
        return HTTPServer(
            configuration: HTTPServer.Configuration(address: address),
            loops: loops
        ) { _ in simulator }
    }
}
