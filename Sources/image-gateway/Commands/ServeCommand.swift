internal import CSystem
internal import Configuration
internal import EventLoops
internal import GatewayAPI
internal import Glibc
internal import HTTPServing
internal import MonotonicTime
internal import Providers
internal import Upstreams

/// `image-gateway serve`
enum ServeCommand {
    static var command: Command {
        Command(
            name: "serve",
            summary: "run the gateway",
            usage: "--config FILE",
            flags: [
                .init(
                    "config",
                    "FILE",
                    "the configuration (JSON5); see config/gateway.example.json5"
                )
            ],
            notes: """
                SIGTERM and SIGINT finish what is in flight and exit 0. SIGHUP reads the configuration again; \
                one with mistakes changes nothing.
                """,
            run: run
        )
    }

    private static func run(_ arguments: Arguments) throws(Arguments.Mistake) -> Int32 {
        let path = try arguments.required("config")
        switch ConfigurationFile.read(path) {
        case .refused(let reason):
            Console.error(reason)
            return 1
        case .configuration(let configuration, let warnings):
            return serve(configuration, warnings: warnings) { ConfigurationFile.read(path) }
        }
    }

    /// What a configuration file said.
    enum Reading {
        case configuration(GatewayConfiguration, warnings: [String])
        case refused(String)
    }

    /// Runs until a signal ends it.
    static func serve(
        _ configuration: GatewayConfiguration,
        warnings: [String] = [],
        beside companions: @escaping @Sendable (Threads) -> Void = { _ in },
        reload: @escaping @Sendable () -> Reading
    ) -> Int32 {
        Signals.block()
        do {
            try DescriptorNeeds.gateway(loops: Threads.servingCount(configuration.loops)).secure()
            let log = try ProcessLog()
            defer { log.finish() }
            log.follow(configuration.log)
            for warning in warnings { log.event("warning", warning) }
            let threads = try Threads(count: configuration.loops)
            let state = try configuration.stateDirectory.map {
                // The warnings of the configuration have this one with its place.
                let told = StateDirectory(path: $0).complaint()
                return try StateStore(directory: $0, log: log, told: told)
            }
            let gateway = try Gateway(
                configuration: configuration,
                threads: threads,
                log: log,
                state: state
            )
            gateway.restoreLists()
            companions(threads)
            let control = GatewayControl(
                gateway: gateway,
                threads: threads,
                log: log,
                reload: reload
            )
            let address = try gateway.start { await control.reload() }
            let scheme = configuration.listen.tls == nil ? "http" : "https"
            log.event("info", "listening on \(scheme)://\(address)")
            threads.main.submit { control.handleSignals() }
            threads.main.submit {
                // Long lists are read here; whoever is served does not wait for that.
                csystem_stand_back()
                csystem_release_file_pages()
                control.returnFreeMemory()
            }
            threads.main.run()
            return 0
        } catch let error as UpstreamError {
            Console.error("image-gateway: \(error.message)")
        } catch {
            Console.error("image-gateway: \(error)")
        }
        return 1
    }
}

/// Turns signals and admin verbs into what the gateway does.
final class GatewayControl: @unchecked Sendable {
    // Invariant: `signals` and `isStopping` are touched on the main loop only.
    private var signals: Signals?
    private var isStopping = false
    private let gateway: Gateway
    private let threads: Threads
    private let log: ProcessLog
    private let readAgain: @Sendable () -> ServeCommand.Reading

    init(
        gateway: Gateway,
        threads: Threads,
        log: ProcessLog,
        reload: @escaping @Sendable () -> ServeCommand.Reading
    ) {
        self.gateway = gateway
        self.threads = threads
        self.log = log
        self.readAgain = reload
    }

    /// How often pages that hold nothing any more are given back.
    private static let memoryInterval = Duration.seconds(60)

    /// On the main loop. Lists and cached answers come and go, and what they leave between others would stay with
    /// the process for good: after a day it would be as large as the largest moments of each thread together.
    func returnFreeMemory() {
        threads.main.schedule(at: .now + Self.memoryInterval) { [self] in
            csystem_return_free_memory()
            for loop in threads.serving { loop.submit { csystem_return_end_of_arena() } }
            returnFreeMemory()
        }
    }

    /// On the main loop.
    func handleSignals() {
        do {
            signals = try Signals(on: threads.main) { [self] signal in handle(signal) }
        } catch {
            log.event("error", "signals cannot be received: \(error)")
        }
    }

    private func handle(_ signal: Int32) {
        if signal == SIGHUP {
            Task(executorPreference: threads.main) { _ = await self.reload() }
            return
        }
        // At once: no handler of the process's end may wait for anything.
        if isStopping { _exit(130) }
        isStopping = true
        let deadline = MonotonicClock.now + gateway.configuration.limits.drainTimeout
        log.event("info", "stopping: finishing what is in flight")
        Task(executorPreference: threads.main) {
            await self.gateway.drain()
            self.log.event("info", "stopped")
            await self.log.finish(by: deadline, on: self.threads.main)
            self.threads.main.stop()
        }
    }

    func reload() async -> ReloadOutcome {
        switch readAgain() {
        case .refused(let reason):
            log.event("error", "the configuration was not reloaded:\n\(reason)")
            return .refused(reason: reason)
        case .configuration(let configuration, let warnings):
            do throws(UpstreamError) {
                let change = try gateway.replace(configuration)
                log.event("info", "the configuration was reloaded: \(change)")
                for warning in warnings { log.event("warning", warning) }
                return .reloaded(change: change)
            } catch {
                log.event("error", "the configuration was not reloaded: \(error.message)")
                return .refused(reason: error.message)
            }
        }
    }
}
