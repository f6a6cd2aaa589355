import Configuration
import CurlClient
import EventLoops
import Federation
import GatewayAPI
import HTTPServing
import JSONText
import MonotonicTime
import ProviderSimulators
import Testing
import Upstreams

@testable import image_gateway

/// A gateway that listens, with little patience, against simulated providers that each have a port of their own.
final class FaultGateway: Sendable {
    static let requestDeadline = Duration.milliseconds(600)
    static let callTimeout = Duration.milliseconds(300)
    static let openFor = Duration.milliseconds(200)
    static let imageCount = 60

    let simulators: DemoSimulators
    private let gateway: Gateway
    private let threads: Threads
    private let client: CurlTransport
    private let origin: String

    /// One that is patient waits as long as a busy machine takes.
    init(
        isPatient: Bool = false,
        _ change: (inout UpstreamPolicy) -> Void = { _ in }
    ) throws {
        var settings = try SimulatorSettings(imageCount: Self.imageCount)
        settings.hasDoors = true
        simulators = try DemoSimulators(settings)
        threads = try Threads(count: 1)
        _ = threads.main.start(name: "fault-main")
        var configuration = try Self.load(try Self.text(simulators.servers))
        if isPatient { configuration.request.deadline = .seconds(120) }
        for index in configuration.upstreams.indices {
            if isPatient { Self.makePatient(&configuration.upstreams[index].policy) }
            change(&configuration.upstreams[index].policy)
        }
        gateway = try Gateway(
            configuration: configuration,
            threads: threads,
            log: try ProcessLog()
        )
        origin = "http://\(try gateway.start { .reloaded(change: "nothing changed") })"
        client = try CurlTransport(loop: threads.main, version: "test")
    }

    private static func makePatient(_ policy: inout UpstreamPolicy) {
        policy.deadline = .seconds(100)
        policy.walkTimeout = .seconds(100)
        policy.callTimeout = .seconds(60)
    }

    private static func load(_ text: String) throws -> GatewayConfiguration {
        let loaded = ConfigurationFile.loader.load(text: text, file: "faults")
        return try #require(loaded.configuration, "\(loaded.problems)")
    }

    /// All providers at their simulated doors, but for those that `others` has an origin of.
    private static func text(
        _ servers: SimulatorServers,
        others: [SimulatedProvider: String] = [:],
        authority: String? = nil
    ) throws -> String {
        func door(_ provider: SimulatedProvider) throws -> String {
            try others[provider] ?? "http://\(#require(servers.address(of: provider)))"
        }
        let tls = authority.map { ", tls: { ca_file: \"\($0)\" }" } ?? ""
        let patience = """
            call_timeout: "300ms", walk_timeout: "2s", deadline: "500ms", body_bytes_max: "1MiB",
            retries: 0, breaker: { failures: 3, open_for: "200ms" }\(tls)
            """
        return """
            {
              listen: { address: "127.0.0.1:0" }, log: { access: false },
              request: { deadline: "600ms" },
              upstreams: [
                { id: "aries", provider: "aries", endpoint: "\(try door(.aries))", \(patience),
                  credentials: { username: "simulator", password: "simulator" } },
                { id: "zenlayer", provider: "zenlayer", region: "FRA-A",
                  endpoint: "\(try door(.zenlayer))", \(patience), page_size: 20,
                  credentials: { access_key_id: "AKIDSIMULATOR", access_key_password: "simulator-secret" } },
                { id: "huawei-ims", provider: "huawei-ims", region: "cn-north-4",
                  endpoint: "\(try door(.huaweiIMS))", iam_endpoint: "\(try door(.huaweiIMS))",
                  \(patience), page_size: 20,
                  credentials: { username: "simulator", password: "simulator", domain: "simulator",
                                 project: "cn-north-4" } },
                { id: "tencent-cvm", provider: "tencent-cvm", region: "ap-guangzhou",
                  endpoint: "\(try door(.tencentCVM))", \(patience), page_size: 20,
                  credentials: { secret_id: "AKIDSIMULATOR", secret_key: "simulator-secret" } },
                { id: "gmi", provider: "gmi", endpoint: "\(try door(.gmi))", \(patience),
                  credentials: { email: "simulator@example.com", password: "simulator" } },
              ],
            }
            """
    }

    /// The same gateway with other upstreams, JSON5.
    func replace(upstreams: String, deadline: String = "600ms") throws {
        let text = """
            { listen: { address: "127.0.0.1:0" }, log: { access: false }, request: { deadline: "\(deadline)" },
              upstreams: [\(upstreams)] }
            """
        _ = try gateway.replace(try Self.load(text))
    }

    /// The same gateway with one provider at another origin. `authority` names the file of those it trusts.
    func move(_ provider: SimulatedProvider, to origin: String, authority: String) throws {
        let text = try Self.text(
            simulators.servers,
            others: [provider: origin],
            authority: authority
        )
        _ = try gateway.replace(try Self.load(text))
    }

    func node(_ provider: SimulatedProvider) throws -> UpstreamNode {
        try #require(gateway.service.federation.nodes.first { $0.id == provider.rawValue })
    }

    /// Switches these faults on and all others off.
    func setFaults(_ faults: String) async {
        let complaint = await simulators.servers.simulator.setFaults(Array(faults.utf8))
        #expect(complaint == nil)
    }

    /// What one question over a socket came to.
    struct Answer: Sendable {
        var status: Int
        var text: String
        var body: JSONValue
        var time: Duration

        func entry(_ provider: SimulatedProvider) -> JSONValue? {
            body["upstreams"]?.arrayValue?.first { $0["id"]?.stringValue == provider.rawValue }
        }
    }

    /// On the gateway's loop, so that its time is the gateway's and no wait for the threads that tests share.
    func ask(_ target: String = "/v1/images?limit=1000") async throws -> Answer {
        let (response, time) = try await withTaskExecutorPreference(threads.main) {
            let begin = MonotonicClock.now
            let response = try await client.send(
                UpstreamRequest(url: origin + target),
                policy: TransportPolicy(),
                deadline: .now + .seconds(300)
            )
            return (response, begin.duration(to: .now))
        }
        return Answer(
            status: response.status,
            text: String(decoding: response.body, as: UTF8.self),
            body: try JSONValue(parsing: response.body),
            time: time
        )
    }

    /// Asks until `condition` holds; how long that took. What never comes fails after five minutes, which is
    /// longer than a busy machine takes for what does.
    func ask(until condition: (Answer) -> Bool) async throws -> (Answer, Duration) {
        let begin = MonotonicClock.now
        while true {
            let answer = try await ask()
            let time = begin.duration(to: .now)
            if condition(answer) || time > .seconds(300) { return (answer, time) }
            try await threads.main.sleep(until: .now + .milliseconds(5))
        }
    }

    func isWhole(_ answer: Answer, _ provider: SimulatedProvider) -> Bool {
        let entry = answer.entry(provider)
        return ["fresh", "cached"].contains(entry?["state"]?.stringValue)
            && entry?["error"]?.isNull == true
            && (entry?["matched"]?.integerValue ?? 0) >= Self.imageCount
    }

    /// Everything read once, so that each fault meets lists, sessions and connections that work.
    func warmUp() async throws {
        let (answer, _) = try await ask { $0.body["complete"]?.boolValue == true }
        #expect(answer.body["complete"]?.boolValue == true, "\(answer.text)")
    }
}
