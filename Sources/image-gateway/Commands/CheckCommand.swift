internal import Configuration
internal import Federation
internal import GatewayAPI
internal import Upstreams

/// `image-gateway check`
enum CheckCommand {
    static var command: Command {
        Command(
            name: "check",
            summary: "validate a configuration",
            usage: "--config FILE [--online]",
            flags: [
                .init("config", "FILE", "the configuration (JSON5)"),
                .init("online", nil, "also call each upstream and each key set's address once"),
            ],
            notes: "Exit status: 0 valid, 1 mistakes or an upstream that does not answer.",
            run: run
        )
    }

    private static func run(_ arguments: Arguments) throws(Arguments.Mistake) -> Int32 {
        let path = try arguments.required("config")
        guard let configuration = ConfigurationFile.load(path) else { return 1 }
        let sentence = "\(path): valid, \(configuration.upstreams.count.counted("upstream"))"
        let status = StandardOutput.write(lines: [sentence], of: "check")
        return status == 0 && arguments.has("online") ? callEach(configuration) : status
    }

    private static func callEach(_ configuration: GatewayConfiguration) -> Int32 {
        do {
            let threads = try Threads(count: 1)
            let log = try ProcessLog()
            let gateway = try Gateway(configuration: configuration, threads: threads, log: log)
            return threads.run { await report(gateway) }
        } catch {
            Console.error("image-gateway: \(error)")
            return 1
        }
    }

    private static func report(_ gateway: Gateway) async -> Int32 {
        let nodes = gateway.service.federation.nodes.filter(\.policy.enabled)
        let lines = await withTaskGroup(of: (Int, String, Bool).self) { group in
            for (index, node) in nodes.enumerated() {
                group.addTask {
                    do throws(UpstreamError) {
                        let images = try await node.firstPageCount().counted("image")
                        return (index, "\(node.id): answers, \(images) on the first page", true)
                    } catch {
                        return (
                            index, "\(node.id): \(error.code.rawValue): \(error.message)", false
                        )
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let keySets = await gateway.checkKeySets()
        let sentences =
            lines.sorted { $0.0 < $1.0 }.map(\.1)
            + keySets.map { "keys of \($0.name): \($0.sentence)" }
        let status = StandardOutput.write(lines: sentences, of: "check")
        return lines.allSatisfy(\.2) && keySets.allSatisfy(\.isUsable) ? status : 1
    }
}
