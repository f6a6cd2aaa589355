internal import CurlClient
internal import Federation
internal import Upstreams

/// What each upstream's walks stand on: the same connections and clock, calls counted under its own name.
struct UpstreamEnvironments: Sendable {
    let transport: CurlTransport
    let timekeeper: any Timekeeper
    let executor: any TaskExecutor
    let metrics: UpstreamMetrics
    /// Where lists outlive the process.
    let keeper: (any ListKeeper)?

    func environment(upstream id: String) -> WalkEnvironment {
        WalkEnvironment(
            transport: transport.observed(by: metrics.observer(upstream: id)),
            timekeeper: timekeeper,
            executor: executor,
            keeper: keeper,
            seed: Gateway.randomNumber()
        )
    }
}
