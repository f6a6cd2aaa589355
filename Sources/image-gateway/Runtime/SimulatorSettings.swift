internal import Configuration
internal import EventLoops
internal import HTTPServing
internal import HTTPWire
internal import ImageModel
internal import MonotonicTime
internal import ProviderSimulators

/// How the simulators of one process run.
struct SimulatorSettings {
    var address = "127.0.0.1:9100"
    var imageCount = 200
    var seed: UInt64 = 1
    var latency = Duration.zero
    /// Whether each provider also has a port of its own.
    var hasDoors = false
    /// Faults that are on from the start, as the control route takes them.
    var faults: FaultFile?

    /// What a file says, and over it what the flags say.
    init(_ arguments: Arguments) throws(Arguments.Mistake) {
        if let path = arguments["config"] { try read(path) }
        address = try arguments.address("listen") ?? address
        imageCount = try arguments.integer("images", in: 0...10_000_000, default: imageCount)
        seed = UInt64(try arguments.integer("seed", in: 0...Int.max, default: Int(seed)))
        latency = try arguments.duration("latency", default: latency)
        hasDoors = arguments.has("provider-ports")
        if let path = arguments["faults"] { faults = try Self.faults(path) }
    }

    private static func faults(_ path: String) throws(Arguments.Mistake) -> FaultFile {
        switch FaultFile.load(path: path) {
        case .success(let faults): return faults
        case .failure(let problems):
            throw Arguments.Mistake(message: problems.lines.joined(separator: "\n"))
        }
    }

    private mutating func read(_ path: String) throws(Arguments.Mistake) {
        switch SimulatorFile.load(path: path) {
        case .success(let file):
            address = file.listen ?? address
            imageCount = file.images ?? imageCount
            seed = file.seed.map { UInt64($0) } ?? seed
            latency = file.latency ?? latency
        case .failure(let problems):
            throw Arguments.Mistake(message: problems.lines.joined(separator: "\n"))
        }
    }

    /// One simulator behind all loops.
    func servers(on loops: [EventLoop]) throws(Arguments.Mistake) -> SimulatorServers {
        let timer = loops[0]
        let simulator = ProviderSimulator(
            configuration: SimulatorConfiguration(
                imageCount: imageCount,
                seed: seed,
                latency: latency,
                now: { WallClock.now.microseconds },
                sleep: { try? await timer.sleep(until: MonotonicClock.now + $0) },
                words: FaultWords(
                    closest: { Likeness.closest(to: $0, among: $1) },
                    duration: { try? DurationText.parse($0) }
                ),
                hasDoors: hasDoors
            )
        )
        if let faults, let complaint = simulator.loadFaults(faults.json) {
            throw Arguments.Mistake(message: "\(faults.path): error: \(complaint)")
        }
        return SimulatorServers(simulator: simulator, address: address, loops: loops)
    }
}
