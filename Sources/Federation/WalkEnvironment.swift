public import Observability
internal import Synchronization
public import Upstreams

/// What walks stand on; handed in by the executable, so that tests hand in their own.
///
/// A class: nodes, callers and walks all hold it, and a copy would have seven references to count.
public final class WalkEnvironment: Sendable {
    public let transport: any UpstreamTransport
    public let timekeeper: any Timekeeper
    /// Where walks run; `nil` means the global executor.
    public let executor: (any TaskExecutor)?
    /// Begins the traces of walks that no request waits for; `nil`: there are none.
    let tracer: Tracer?
    /// Where lists outlive the process; `nil`: nowhere.
    public let keeper: (any ListKeeper)?
    /// Where the caller runs, if a short walk may run there, too: then nothing goes from thread to thread.
    public let nearby: @Sendable () -> (any TaskExecutor)?
    /// Told when an upstream begins or ceases to fail; `nil`: nobody.
    let report: (@Sendable (UpstreamNews) -> Void)?
    /// Told of each call that brought nothing usable: no answer, one that cannot be read, or an error of the provider,
    /// whatever its status. `nil`: nobody.
    let callFailed: (@Sendable (UpstreamError.Code) -> Void)?
    let randomness: Randomness

    public init(
        transport: any UpstreamTransport,
        timekeeper: any Timekeeper,
        executor: (any TaskExecutor)? = nil,
        tracer: Tracer? = nil,
        keeper: (any ListKeeper)? = nil,
        nearby: @escaping @Sendable () -> (any TaskExecutor)? = { nil },
        report: (@Sendable (UpstreamNews) -> Void)? = nil,
        callFailed: (@Sendable (UpstreamError.Code) -> Void)? = nil,
        seed: UInt64
    ) {
        self.tracer = tracer
        self.transport = transport
        self.timekeeper = timekeeper
        self.executor = executor
        self.keeper = keeper
        self.nearby = nearby
        self.report = report
        self.callFailed = callFailed
        self.randomness = Randomness(seed: seed)
    }
}

/// Seeded numbers for jitter (SplitMix64); shared by all walks.
final class Randomness: Sendable {
    private let state: Atomic<UInt64>

    init(seed: UInt64) {
        state = Atomic(seed)
    }

    /// Between 0 and 1.
    func unit() -> Double {
        var mixed = state.wrappingAdd(0x9E37_79B9_7F4A_7C15, ordering: .relaxed).newValue
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((mixed ^ (mixed >> 31)) >> 11) / Double(UInt64(1) << 53)
    }
}
