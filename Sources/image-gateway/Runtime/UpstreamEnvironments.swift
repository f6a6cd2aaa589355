internal import CurlClient
internal import EventLoops
internal import Federation
internal import Observability
internal import Upstreams

/// What each upstream's walks stand on: the same connections and clock, calls counted under its own name.
struct UpstreamEnvironments: Sendable {
    let transport: CurlTransport
    let timekeeper: any Timekeeper
    /// The main one runs the long walks, each of them the short ones of those who ask there.
    let loops: [EventLoop]
    let metrics: UpstreamMetrics
    let tracer: Tracer
    /// Where lists outlive the process.
    let keeper: (any ListKeeper)?
    let log: ProcessLog

    func environment(_ settings: UpstreamSettings) -> WalkEnvironment {
        WalkEnvironment(
            transport: TracedTransport(
                transport.observed(by: metrics.observer(upstream: settings.id)),
                timekeeper: timekeeper,
                upstream: settings.id,
                provider: settings.provider
            ),
            timekeeper: timekeeper,
            executor: loops[0],
            tracer: tracer,
            keeper: keeper,
            nearby: { [loops] in loops.first { $0.isCurrent } },
            report: { [log] in log.tell($0) },
            callFailed: metrics.failureCounter(upstream: settings.id),
            seed: Gateway.randomNumber()
        )
    }
}
