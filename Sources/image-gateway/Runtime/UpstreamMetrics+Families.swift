internal import Federation
internal import Observability
internal import Upstreams

extension UpstreamMetrics {
    /// Declares the families that are read from the nodes.
    func declare(in registry: MetricsRegistry) {
        declareLists(in: registry)
        declareStates(in: registry)
        declareCounts(in: registry)
    }

    private func declareLists(in registry: MetricsRegistry) {
        add(registry, .gauge, "images", "Images in the current list.") {
            $0.images.map(Double.init)
        }
        add(registry, .gauge, "age_seconds", "Age of the current list.") {
            $0.age.map { $0 / .seconds(1) }
        }
        registry.collected(
            .gauge,
            "image_gateway_upstream_ttl_seconds",
            "How long a list counts as fresh.",
            labels: ["upstream"]
        ) { [self] in settings { $0.policy.ttl / .seconds(1) } }
        add(registry, .gauge, "walk_duration_seconds", "Time of the walk that brought the list.") {
            $0.latency.map { $0 / .seconds(1) }
        }
        add(registry, .gauge, "loading_images", "Images that a walk going on has read so far.") {
            $0.imagesLoaded.map(Double.init)
        }
    }

    private func declareStates(in registry: MetricsRegistry) {
        add(registry, .gauge, "up", "1 while the last walk brought a list.") {
            $0.isEnabled ? $0.error == nil && $0.images != nil ? 1 : 0 : nil
        }
        add(registry, .gauge, "restored", "1 while the list is one from before the start.") {
            $0.isRestored ? 1 : 0
        }
        add(registry, .gauge, "loading", "1 while a walk goes on.") { $0.isWalking ? 1 : 0 }
        registry.collected(
            .gauge,
            "image_gateway_upstream_breaker_state",
            "1 for the state the circuit breaker is in.",
            labels: ["upstream", "state"],
            sampleCountMax: 3_000
        ) { [self] in
            samples { status in
                ["closed", "open", "half-open"].map { state in
                    (labels: [state], value: status.breaker.name == state ? 1 : 0)
                }
            }
        }
    }

    private func declareCounts(in registry: MetricsRegistry) {
        add(registry, .counter, "calls_total", "Calls the breaker and the rate limit let through.")
        {
            Double($0.calls.calls)
        }
        add(registry, .counter, "retries_total", "Calls repeated after a failure.") {
            Double($0.calls.retries)
        }
        add(
            registry,
            .counter,
            "retries_withheld_total",
            "Calls that were not repeated because retry_budget was used up."
        ) {
            Double($0.calls.retriesWithheld)
        }
        add(registry, .counter, "hedges_total", "Second attempts at pages that took long.") {
            Double($0.calls.hedges)
        }
        add(registry, .counter, "hedges_won_total", "Those of them that were answered first.") {
            Double($0.calls.hedgesWon)
        }
        add(registry, .counter, "breaker_refusals_total", "Calls that an open breaker refused.") {
            Double($0.calls.refusals)
        }
        add(registry, .counter, "breaker_openings_total", "Times that the breaker opened.") {
            Double($0.calls.openings)
        }
        add(registry, .counter, "walks_total", "Walks through the upstream's list.") {
            Double($0.walks)
        }
        add(registry, .counter, "walk_failures_total", "Walks that did not come to their end.") {
            Double($0.walkFailures)
        }
        registry.collected(
            .counter,
            "image_gateway_upstream_schema_drift_total",
            "Members of answers that were not as the provider documents them, by what was wrong with them.",
            labels: ["upstream", "kind"],
            sampleCountMax: 10_000
        ) { [self] in
            samples { status in
                DriftKind.counts(status.drift).map { (labels: [$0.kind], value: Double($0.count)) }
            }
        }
    }

    private func add(
        _ registry: MetricsRegistry,
        _ kind: MetricsRegistry.CollectedKind,
        _ name: String,
        _ help: String,
        _ value: @escaping @Sendable (UpstreamNode.Status) -> Double?
    ) {
        registry.collected(
            kind,
            "image_gateway_upstream_\(name)",
            help,
            labels: ["upstream"]
        ) { [self] in
            samples { status in value(status).map { [(labels: [], value: $0)] } ?? [] }
        }
    }
}
