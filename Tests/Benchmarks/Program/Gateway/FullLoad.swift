internal import JSONText
internal import TestKit

/// A gateway that reads 5 × 200,000 images for the first time, while somebody asks it for what it has
/// already.
final class FullLoad {
    let gateway: GatewayProcess
    /// From the first question to the last list.
    let seconds: Double
    /// Processor time that the gateway spent on it, the hot questions included.
    let processorSeconds: Double
    let imageCount: Int
    /// Milliseconds that 99 of 100 hot questions stayed below.
    let idle: Double
    let during: Double
    /// Milliseconds of the slowest hot question during the load.
    let longest: Double
    let failureCount: Int
    private let companions: [ListeningProcess]

    /// The upstream that is there before the others begin.
    private static let early = "early"
    private static let hotTarget = "/v1/images?upstream=\(early)&limit=25"
    private static let questionsPerSecond = 500.0

    init(imagesEach: Int = 200_000) throws(Unmeasured) {
        let folder = TemporaryFolder()
        let simulators = try GatewayProcess.simulators(images: imagesEach, folder)
        let small = try GatewayProcess.simulators(images: 200, folder)
        companions = [simulators, small]
        let settings = GatewaySettings(
            origin: simulators.url,
            more: FullLoad.earlyUpstream(small.url)
        )
        let gateway = try GatewayProcess(settings, folder)
        self.gateway = gateway
        let hot = PacedLoad(
            [HTTPConnection.request(FullLoad.hotTarget, gateway.fields)],
            to: gateway.port,
            perSecond: FullLoad.questionsPerSecond
        )
        var idle = try FullLoad.times(of: hot) { () throws(Unmeasured) in try hot.run(seconds: 3) }
        let begin = (ContinuousClock.now, gateway.probe.processorSeconds)
        let during = try FullLoad.times(of: hot) { () throws(Unmeasured) in
            try FullLoad.load(gateway, beside: hot)
        }
        self.during = during.quantile(0.99)
        longest = during.max() ?? .nan
        seconds = begin.0.duration(to: .now).inSeconds
        processorSeconds = gateway.probe.processorSeconds - begin.1
        // Before and after, so that what else the machine does is as likely to be in it as in the load.
        idle += try FullLoad.times(of: hot) { () throws(Unmeasured) in try hot.run(seconds: 3) }
        self.idle = idle.quantile(0.99)
        failureCount = hot.failureCount
        imageCount = try gateway.load()
    }

    private static func earlyUpstream(_ origin: String) -> String {
        """
        { id: "\(early)", provider: "huawei-ims", region: "\(early)", endpoint: "\(origin)",
          credentials: { access_key: "AKIDSIMULATOR", secret_key: "simulator-secret",
                         project_id: "0123456789abcdef0123456789abcdef" } },
        """
    }

    /// Of the questions that `body` makes it ask, in milliseconds.
    private static func times(
        of load: PacedLoad,
        _ body: () throws(Unmeasured) -> Void
    ) throws(Unmeasured) -> [Double] {
        let before = load.times.count
        try Processors.asClient(body)
        return load.times[before...].map { $0 * 1e3 }
    }

    private static func load(_ gateway: GatewayProcess, beside hot: PacedLoad) throws(Unmeasured) {
        // Nobody waits for the lists, but the question sets off the walks.
        let question = HTTPConnection.request("/v1/images?limit=1&deadline=10ms", gateway.fields)
        _ = try gateway.connect().answer(to: question)
        let admin = try HTTPConnection(to: gateway.adminPort)
        let end = ContinuousClock.now + .seconds(300)
        while ContinuousClock.now < end {
            try hot.run(seconds: 0.25)
            let status = try admin.answer(to: HTTPConnection.request("/v1/upstreams"))
            if isWhole(status.json) { return }
        }
        throw Unmeasured(reason: "the lists were not there after five minutes")
    }

    private static func isWhole(_ status: JSONValue?) -> Bool {
        guard let upstreams = status?["upstreams"]?.arrayValue else { return false }
        return upstreams.allSatisfy { $0["state"]?.stringValue == "cached" }
    }
}
