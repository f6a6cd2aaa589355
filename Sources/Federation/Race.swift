internal import Upstreams

/// What `work` returns, or `nil` once `deadline` has passed; the loser is cancelled and awaited.
func race<Value: Sendable>(
    until deadline: ContinuousClock.Instant,
    _ timekeeper: any Timekeeper,
    _ work: @escaping @Sendable () async -> Value?
) async -> Value? {
    await withTaskGroup(of: Value?.self) { group in
        group.addTask { await work() }
        group.addTask {
            try? await timekeeper.sleep(until: deadline)
            return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
    }
}
