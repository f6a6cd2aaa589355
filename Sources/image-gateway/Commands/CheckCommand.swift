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
        print("\(path): valid, \(configuration.upstreams.count) upstreams")
        return arguments.has("online") ? callEach(configuration) : 0
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
                        let count = try await node.firstPageCount()
                        return (
                            index, "\(node.id): answers, \(count) images on the first page", true
                        )
                    } catch {
                        return (
                            index, "\(node.id): \(error.code.rawValue): \(error.message)", false
                        )
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        for line in lines.sorted(by: { $0.0 < $1.0 }) { print(line.1) }
        let keySets = await gateway.checkKeySets()
        for set in keySets { print("keys of \(set.name): \(set.sentence)") }
        return lines.allSatisfy(\.2) && keySets.allSatisfy(\.isUsable) ? 0 : 1
    }
}
