internal import Glibc
internal import JSONText
internal import TestKit

/// A gateway of the same build, usually on the server's core, and whoever plays its upstreams.
final class GatewayProcess {
    let server: ListeningProcess
    let settings: GatewaySettings
    private let folder: TemporaryFolder

    var probe: ProcessProbe { server.probe }
    var port: UInt16 { server.port }
    var adminPort: UInt16 { server.port(after: "admin port on http://127.0.0.1:") ?? 0 }
    /// What every request carries.
    var fields: [String] { settings.isGuarded ? [GatewaySettings.keyField] : [] }

    init(
        _ settings: GatewaySettings,
        environment: [String: String] = [:],
        on processor: Int? = Processors.ofServer,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) {
        self.settings = settings
        self.folder = folder
        let file = folder.file("gateway.json5")
        try File.write(settings.text, to: file)
        server = try ListeningProcess(
            [try Programs.product("image-gateway"), "serve", "--config", file],
            environment: environment,
            on: processor,
            folder
        )
    }

    /// Simulators of all five providers, on the client's core.
    static func simulators(
        images: Int,
        _ folder: TemporaryFolder
    ) throws(Unmeasured) -> ListeningProcess {
        try ListeningProcess(
            [
                try Programs.product("image-gateway"), "simulate", "--listen", "127.0.0.1:0",
                "--images", "\(images)",
            ],
            on: Processors.ofClient,
            folder
        )
    }

    func connect() throws(Unmeasured) -> HTTPConnection { try HTTPConnection(to: port) }

    func contender(_ name: String, _ target: String) -> Contest.Contender {
        Contest.Contender(name: name, probe: probe, url: server.url + target, fields: fields)
    }

    /// Asks until every list is there in whole; returns how many images there are.
    func load(atMost limit: Duration = .seconds(120)) throws(Unmeasured) -> Int {
        let connection = try connect()
        let request = HTTPConnection.request("/v1/images?limit=1", fields)
        let end = ContinuousClock.now + limit
        while true {
            let answer = try connection.answer(to: request)
            if answer.status == 200, let json = answer.json, json["complete"]?.boolValue == true {
                return json["total"]?.integerValue ?? 0
            }
            guard ContinuousClock.now < end else {
                throw Unmeasured(reason: "the lists were not there after \(limit)")
            }
            Wait.seconds(0.05)
        }
    }
}
