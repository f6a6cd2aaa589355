internal import Configuration
internal import EventLoops
internal import HTTPServing
internal import Providers

/// `image-gateway demo`
enum DemoCommand {
    static var command: Command {
        Command(
            name: "demo",
            summary:
                "run the gateway against built-in simulators of all providers; no account, no network",
            usage:
                "[--listen 127.0.0.1:8080] [--admin ADDRESS] [--images N] [--seed S] [--latency TIME]",
            flags: [
                .init("listen", "ADDRESS", "where the gateway listens (default 127.0.0.1:8080)"),
                .init(
                    "admin",
                    "ADDRESS",
                    "where metrics, health and admin verbs are, for example 127.0.0.1:8081 (default: nowhere)"
                ),
                .init("images", "N", "images per simulated provider (default 200)"),
                .init("seed", "S", "same seed, same data (default 1)"),
                .init("latency", "TIME", "how long each simulated answer waits (default 0ms)"),
            ],
            run: run
        )
    }

    private static func run(_ arguments: Arguments) throws(Arguments.Mistake) -> Int32 {
        var settings = try SimulatorSettings(arguments)
        settings.address = "127.0.0.1:0"
        return run(
            settings,
            listen: try arguments.address("listen") ?? "127.0.0.1:8080",
            admin: try arguments.address("admin")
        )
    }

    /// All at once: with the simulators alone it would begin and end in the middle.
    private static var needs: DescriptorNeeds {
        .simulators(loops: 1, ports: 1) + .gateway(loops: Threads.servingCount(nil))
    }

    private static func run(
        _ settings: SimulatorSettings,
        listen: String,
        admin: String?
    ) -> Int32 {
        // Before any thread starts, or a signal would end that thread's process at once.
        Signals.block()
        do {
            try needs.secure()
            let simulators = try DemoSimulators(settings)
            let text = DemoConfiguration.text(
                listen: listen,
                admin: admin,
                simulators: simulators.origin,
                imageCount: settings.imageCount
            )
            let loaded = ConfigurationFile.loader.load(text: text, file: "demo")
            guard let configuration = loaded.configuration else {
                for problem in loaded.problems { Console.error(problem.description) }
                return 1
            }
            Console.error("simulated providers on \(simulators.origin)")
            return ServeCommand.serve(configuration) { .configuration(configuration, warnings: []) }
        } catch {
            Console.error("image-gateway: \(error)")
            return 1
        }
    }
}

/// The simulators of a demo on a loop and a port of their own.
final class DemoSimulators: Sendable {
    let origin: String
    let servers: SimulatorServers

    init(_ settings: SimulatorSettings) throws {
        let loop = try EventLoop()
        _ = loop.start(name: "simulators")
        servers = try settings.servers(on: [loop])
        origin = "http://\(try servers.start())"
    }
}

/// The configuration of a demo, in the same language as anybody's.
enum DemoConfiguration {
    static func text(
        listen: String,
        admin: String? = nil,
        simulators origin: String,
        imageCount: Int = 200
    ) -> String {
        let adminPort = admin.map { "admin: { address: \"\($0)\" }," } ?? ""
        // Aries and GMI send their whole list in one body, at most some 800 bytes an image.
        let limits = """
            images_max: \(max(200_000, imageCount * 2)), body_bytes_max: "\(max(64, imageCount / 1_000))MiB"
            """
        return """
            {
              listen: { address: "\(listen)" }, \(adminPort)
              log: { access: false },
              upstreams: [
                { id: "aries-demo", provider: "aries", endpoint: "\(origin)", \(limits),
                  credentials: { username: "simulator", password: "simulator" } },
                { id: "zenlayer-fra", provider: "zenlayer", region: "FRA-A", endpoint: "\(origin)",
                  \(limits), page_size: 1000,
                  credentials: { access_key_id: "AKIDSIMULATOR", access_key_password: "simulator-secret" } },
                { id: "huawei-bj4", provider: "huawei-ims", region: "cn-north-4", endpoint: "\(origin)",
                  \(limits), page_size: 1000,
                  credentials: { access_key: "AKIDSIMULATOR", secret_key: "simulator-secret",
                                 project_id: "0123456789abcdef0123456789abcdef" } },
                { id: "tencent-gz", provider: "tencent-cvm", region: "ap-guangzhou", endpoint: "\(origin)",
                  \(limits),
                  credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" } },
                { id: "gmi-global", provider: "gmi", endpoint: "\(origin)", \(limits),
                  credentials: { token: "simulator-token" } },
              ],
            }
            """
    }
}
