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
            usage: "[--listen ADDRESS] [--images N] [--seed S] [--latency TIME] [--config FILE]",
            flags: [
                .init("listen", "ADDRESS", "where to listen (default 127.0.0.1:9100)"),
                .init("images", "N", "images per provider (default 200)"),
                .init("seed", "S", "same seed, same data (default 1)"),
                .init(
                    "latency",
                    "TIME",
                    "how long each answer waits, for example 20ms (default 0ms)"
                ),
                .init("config", "FILE", "the same four as keys of a JSON5 file; flags win over it"),
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
            let log = try ProcessLog()
            let threads = try Threads(count: nil)
            defer { log.flush() }
            let server = settings.server(on: threads.serving)
            let address = try server.start()
            log.event("info", "listening on http://\(address)")
            threads.main.submit {
                let stop = Stop(server: server, threads: threads)
                stop.begin()
            }
            threads.main.run()
            return 0
        } catch {
            Console.error("image-gateway: \(error)")
            return 1
        }
    }

    /// Ends the simulators on the first signal.
    private final class Stop: @unchecked Sendable {
        // Invariant: touched on the main loop only.
        private var signals: Signals?
        private let server: HTTPServer
        private let threads: Threads

        init(server: HTTPServer, threads: Threads) {
            self.server = server
            self.threads = threads
        }

        func begin() {
            signals = try? Signals(on: threads.main) { [self] _ in
                Task(executorPreference: threads.main) {
                    _ = await self.server.drain(within: .seconds(2))
                    self.threads.main.stop()
                    self.signals = nil
                }
            }
        }
    }
}
