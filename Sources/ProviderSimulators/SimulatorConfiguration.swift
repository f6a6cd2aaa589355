/// What a simulator is told when it starts. The same count and seed always give the same bytes.
public struct SimulatorConfiguration: Sendable {
    /// Images of each provider at the start; held within 0…`imageCountMax`.
    public var imageCount: Int
    public var seed: UInt64
    /// How long every provider call waits before it is answered; control routes do not wait.
    public var latency: Duration
    /// Whether the Aries list starts with the newest image; its documents contradict each other.
    public var isAriesNewestFirst = true
    /// Microseconds since 1970, the clock that signatures, tokens and nonces are held against.
    public var now: @Sendable () -> Int64
    public var sleep: @Sendable (Duration) async -> Void
    public var words: FaultWords
    /// Whether each provider has a port of its own, which faults of a whole port need.
    public var hasDoors: Bool

    /// Upper bound on images of one provider, additions included.
    public static let imageCountMax = 10_000_000

    public init(
        imageCount: Int = 1000,
        seed: UInt64 = 1,
        latency: Duration = .zero,
        now: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Duration) async -> Void,
        words: FaultWords = FaultWords(),
        hasDoors: Bool = false
    ) {
        self.imageCount = min(max(imageCount, 0), Self.imageCountMax)
        self.seed = seed
        self.latency = latency
        self.now = now
        self.sleep = sleep
        self.words = words
        self.hasDoors = hasDoors
    }
}
