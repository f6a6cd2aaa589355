import Synchronization

/// Spans that wait to be exported, bounded: whoever adds one never waits, what does not fit is counted.
public final class SpanQueue: Sendable {
    /// Upper bound on spans that wait.
    public let spanCountMax: Int
    private let state = Mutex(State())
    private let firstArrived = Mutex<(@Sendable () -> Void)?>(nil)

    private struct State {
        var spans: [TraceSpan] = []
        var dropped = 0
    }

    public init(spanCountMax: Int = 4_096) {
        self.spanCountMax = spanCountMax
    }

    /// `action` runs on the adder's thread whenever a span comes to an empty queue; it must not block.
    public func whenFirstArrives(_ action: @escaping @Sendable () -> Void) {
        firstArrived.withLock { $0 = action }
    }

    public func add(_ span: TraceSpan) {
        let isFirst = state.withLock { state in
            guard state.spans.count < spanCountMax else {
                state.dropped += 1
                return false
            }
            state.spans.append(span)
            return state.spans.count == 1
        }
        guard isFirst, let action = firstArrived.withLock({ $0 }) else { return }
        action()
    }

    /// The oldest spans, at most so many; they are the caller's from then on.
    public func take(_ countMax: Int) -> [TraceSpan] {
        state.withLock { state in
            let taken = Array(state.spans.prefix(countMax))
            state.spans.removeFirst(taken.count)
            return taken
        }
    }

    public var count: Int { state.withLock { $0.spans.count } }
    /// Spans that did not fit, since the start.
    public var droppedCount: Int { state.withLock { $0.dropped } }
}
