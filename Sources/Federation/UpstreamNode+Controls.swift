internal import Caching
internal import Synchronization
internal import Upstreams

/// What an operator may do with an upstream.
extension UpstreamNode {
    /// Forgets everything that was fetched, by walks under way, too; the next question asks the upstream. For whoever
    /// waits for a walk, another one begins.
    public func purge() {
        state.withLock { state in
            state.lists = PublishedLists()
            state.forgetFailures()
            state.running = [:]
        }
        caller.adapter.forgetPages()
        environment.keeper?.forget(upstream: id)
        publications.publish()
        for key in walks.keys { walks.restart(key) { [self] in await walk(key) } }
    }

    /// Closes the breaker and lets nothing that happened before keep a question from the upstream: a walk that waits
    /// goes on at once. What is cached stays.
    public func reset() {
        caller.reset()
        state.withLock { $0.forgetFailures() }
        publications.publish()
    }

    /// Starts a walk at once, whatever is cached and however long the upstream asked to be left alone; a walk that
    /// waits for that goes on instead. `false` where the upstream is switched off: it is never called.
    public func refresh() -> Bool {
        guard policy.enabled else { return false }
        caller.endPauses()
        state.withLock { $0.failures[WalkKey()] = nil }
        startWalk()
        return true
    }
}
