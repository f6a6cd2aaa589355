internal import Configuration
internal import EventLoops
internal import Glibc
internal import HTTPServing
internal import ProviderSimulators

/// `image-gateway simulate`
enum SimulateCommand {
    static var command: Command {
        Command(
            name: "simulate",
            summary: "run the simulators of all providers on one port",
            usage:
                "[--listen ADDRESS] [--images N] [--seed S] [--latency TIME] [--faults FILE] [--provider-ports] [--config FILE]",
            flags: [
                .init("listen", "ADDRESS", "where to listen (default 127.0.0.1:9100)"),
                .init("images", "N", "images per provider (default 200)"),
                .init("seed", "S", "same seed, same data (default 1)"),
                .init(
                    "latency",
                    "TIME",
                    "how long each answer waits, for example 20ms (default 0ms)"
                ),
                .init(
                    "faults",
                    "FILE",
                    "faults that are on from the start (JSON5); GET /__simulator/faults lists all"
                ),
                .init(
                    "provider-ports",
                    nil,
                    "also a port for each provider, for faults of connections"
                ),
                .init(
                    "config",
                    "FILE",
                    "the first four as keys of a JSON5 file; flags win over it"
                ),
            ],
            notes: """
                Accepted everywhere: key id AKIDSIMULATOR, secret simulator-secret, bearer or token \
                simulator-token, user simulator with password simulator.
                """,
            run: run
        )
    }

    private static func run(_ arguments: Arguments) throws(Arguments.Mistake) -> Int32 {
        run(try SimulatorSettings(arguments))
    }

    private static func run(_ settings: SimulatorSettings) -> Int32 {
        Signals.block()
        do {
            let ports = settings.hasDoors ? 1 + SimulatedProvider.allCases.count : 1
            try DescriptorNeeds.simulators(loops: Threads.servingCount(nil), ports: ports).secure()
            let log = try ProcessLog()
            let threads = try Threads(count: nil)
            defer { log.finish() }
            let servers = try settings.servers(on: threads.serving)
            let address = try servers.start()
            for provider in SimulatedProvider.allCases {
                guard let door = servers.address(of: provider) else { continue }
                log.event("info", "\(provider.rawValue) alone on http://\(door)")
            }
            log.event("info", "listening on http://\(address)")
            threads.main.submit {
                let stop = Stop(servers: servers, threads: threads)
                stop.begin()
            }
            threads.main.run()
            return 0
        } catch let mistake as Arguments.Mistake {
            Console.error("image-gateway: \(mistake.message)")
            return 2
        } catch {
            Console.error("image-gateway: \(error)")
        }
        return 1
    }

    /// Ends the simulators on the first signal.
    private final class Stop: @unchecked Sendable {
        // Invariant: touched on the main loop only.
        private var signals: Signals?
        private let servers: SimulatorServers
        private let threads: Threads

        init(servers: SimulatorServers, threads: Threads) {
            self.servers = servers
            self.threads = threads
        }

        func begin() {
            signals = try? Signals(on: threads.main) { [self] _ in
                Task(executorPreference: threads.main) {
                    await self.servers.drain(within: .seconds(2))
                    self.threads.main.stop()
                    self.signals = nil
                }
            }
        }
    }
}
