internal import Synchronization
internal import Upstreams

/// What an operator may do with an upstream.
extension UpstreamNode {
    /// Forgets everything that was fetched; the next question asks the upstream.
    public func purge() {
        state.withLock { state in
            state.lists = PublishedLists()
            state.failures = [:]
        }
        caller.adapter.forgetPages()
        environment.keeper?.forget(upstream: id)
        publications.publish()
    }

    /// Closes the breaker and lets nothing that happened before keep a question from the upstream. What is
    /// cached stays.
    public func reset() {
        caller.reset()
        state.withLock { $0.failures = [:] }
        publications.publish()
    }

    /// Starts a walk at once, whatever is cached. `false` where the upstream is switched off: it is never called.
    public func refresh() -> Bool {
        guard policy.enabled else { return false }
        state.withLock { $0.failures[WalkKey()] = nil }
        startWalk()
        return true
    }
}
