import Synchronization

/// Decides which work is traced, names it and collects what became of it. One per process.
///
/// Off, it costs one relaxed read where work begins. Nothing here waits for anybody.
public final class Tracer: Sendable {
    /// What was recorded and not exported yet.
    public let queue: SpanQueue
    /// Of 2^32 traces that begin here so many are sampled; `offThreshold`: tracing is off.
    private let threshold = Atomic<UInt64>(Tracer.offThreshold)
    private let generator: Mutex<SeededGenerator>

    private static let offThreshold = UInt64.max
    private static let all = 4_294_967_296.0

    /// `seed` decides the ids; take one that nobody else has.
    public init(seed: UInt64, queue: SpanQueue = SpanQueue()) {
        generator = Mutex(SeededGenerator(seed: seed))
        self.queue = queue
    }

    /// Samples that share, 0 to 1, of the traces that begin here; `nil` turns tracing off. Traces that begin
    /// elsewhere keep the decision that was made there.
    public func setRatio(_ ratio: Double?) {
        let threshold = ratio.map { UInt64(min(max($0, 0), 1) * Self.all) }
        self.threshold.store(threshold ?? Self.offThreshold, ordering: .relaxed)
    }

    public var isOn: Bool { threshold.load(ordering: .relaxed) != Self.offThreshold }

    /// Whether a trace that begins with a request is recorded, by a random number of the caller's own.
    public func samples(_ random: UInt64) -> Bool {
        let threshold = threshold.load(ordering: .relaxed)
        return threshold != Self.offThreshold && random >> 32 < threshold
    }

    // MARK: Beginning

    /// Work that a caller asked for: within the caller's trace where there is one, which is passed on even with
    /// tracing off; else the beginning of a trace, where it is sampled; else `nil`.
    public func begin(traceparent: String?, state: @autoclosure () -> [String]) -> ActiveTrace? {
        if let caller = traceparent.flatMap(TraceContext.init(traceparent:)) {
            let own = generator.withLock { caller.child(using: &$0) }
            return ActiveTrace(
                context: own,
                parentID: caller.spanID,
                state: TraceState(lines: state()),
                tracer: self
            )
        }
        return begin()
    }

    /// Work that nobody waits for: the beginning of a trace where it is sampled, else `nil`.
    public func begin() -> ActiveTrace? {
        let threshold = threshold.load(ordering: .relaxed)
        guard threshold != Self.offThreshold, threshold > 0,
            samples(generator.withLock { $0.next() })
        else { return nil }
        return beginSampled()
    }

    /// A trace that begins here, after `samples` has said so.
    public func beginSampled() -> ActiveTrace {
        let context = generator.withLock { TraceContext(using: &$0, isSampled: true) }
        return ActiveTrace(context: context, parentID: nil, state: nil, tracer: self)
    }

    func child(of trace: ActiveTrace) -> ActiveTrace {
        let context = generator.withLock { trace.context.child(using: &$0) }
        return ActiveTrace(
            context: context,
            parentID: trace.context.spanID,
            state: trace.state,
            tracer: self
        )
    }
}
