internal import CurlClient
internal import Federation
internal import Observability
internal import Upstreams

/// What each upstream's walks stand on: the same connections and clock, calls counted under its own name.
struct UpstreamEnvironments: Sendable {
    let transport: CurlTransport
    let timekeeper: any Timekeeper
    let executor: any TaskExecutor
    let metrics: UpstreamMetrics
    let tracer: Tracer
    /// Where lists outlive the process.
    let keeper: (any ListKeeper)?

    func environment(_ settings: UpstreamSettings) -> WalkEnvironment {
        WalkEnvironment(
            transport: TracedTransport(
                transport.observed(by: metrics.observer(upstream: settings.id)),
                timekeeper: timekeeper,
                upstream: settings.id,
                provider: settings.provider
            ),
            timekeeper: timekeeper,
            executor: executor,
            tracer: tracer,
            keeper: keeper,
            seed: Gateway.randomNumber()
        )
    }
}
