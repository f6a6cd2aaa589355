import Synchronization

/// Everything the simulated providers remember, shared by all loops. Each lock is held for a copy or a
/// small change; rows are generated outside.
final class SimulatorWorld: Sendable {
    let configuration: SimulatorConfiguration
    let credentials = SimulatorCredentials()
    let listings = ListingCache()
    let faults = FaultBoard()
    private let editions: Mutex<[SimulatedProvider: Edition]>
    private let counts: Mutex<RequestCounts>
    private let nonces = Mutex(NonceMemory())
    private let sessions = Mutex(RefreshTokens())
    private let requestNumbers = Atomic<Int>(0)

    init(_ configuration: SimulatorConfiguration) {
        self.configuration = configuration
        let editions = SimulatedProvider.allCases.map { provider in
            let edition = Edition(
                provider: provider,
                count: configuration.imageCount,
                seed: configuration.seed
            )
            return (provider, edition)
        }
        self.editions = Mutex(Dictionary(uniqueKeysWithValues: editions))
        self.counts = Mutex(RequestCounts(since: configuration.now()))
    }

    /// What the provider lists now, with what a fault shows beside it.
    func edition(_ provider: SimulatedProvider) -> Edition {
        lasting(provider).showing(passing: faults.passingRowCount(provider))
    }

    private func lasting(_ provider: SimulatedProvider) -> Edition {
        editions.withLock { $0[provider] }
            ?? Edition(provider: provider, count: 0, seed: configuration.seed)
    }

    /// Changes one provider's rows in a single step; those that a fault shows are none of them.
    func change<Value: Sendable>(
        _ provider: SimulatedProvider,
        _ body: (inout Edition) -> Value
    ) -> Value {
        let fallback = lasting(provider)
        return editions.withLock { body(&$0[provider, default: fallback]) }
    }

    func count(_ provider: SimulatedProvider, _ answer: DialectAnswer) {
        counts.withLock { $0.record(provider, answer) }
    }

    var requestCounts: RequestCounts { counts.withLock { $0 } }

    func resetCounts() {
        let now = configuration.now()
        counts.withLock { $0 = RequestCounts(since: now) }
    }

    /// Whether this pair was not seen within its window.
    func acceptNonce(_ nonce: String, timestamp: Int64, now: Int64) -> Bool {
        nonces.withLock { $0.accept(nonce, timestamp: timestamp, now: now) }
    }

    func withRefreshTokens<Value: Sendable>(_ body: (inout RefreshTokens) -> Value) -> Value {
        sessions.withLock { body(&$0) }
    }

    /// A UUID for the next answer; it follows from the seed and the number of answers before.
    func requestID() -> String {
        let number = requestNumbers.wrappingAdd(1, ordering: .relaxed).newValue
        var draw = Draw(seed: configuration.seed, stream: 99, index: number)
        return Identifiers.uuid(head: draw.next() >> 16, tail: draw.next())
    }

    func derivedKey(_ purpose: String) -> [UInt8] {
        Array("\(purpose):\(configuration.seed):\(credentials.secret)".utf8)
    }
}
