/// A piece of work that goes on within a trace. Handed down the tree of tasks, so that nothing between the
/// request and the calls it causes has to know of it.
///
/// A class: whoever looks whether there is one has room for it where it waits, and mostly there is none.
public final class ActiveTrace: Sendable {
    /// What the next hop is told: the trace's id and this work's own.
    public let context: TraceContext
    /// The work that this one is part of; `nil`: the trace begins here.
    public let parentID: UInt64?
    /// What came beside the caller's context.
    public let state: TraceState?
    let tracer: Tracer

    init(context: TraceContext, parentID: UInt64?, state: TraceState?, tracer: Tracer) {
        self.context = context
        self.parentID = parentID
        self.state = state
        self.tracer = tracer
    }

    /// Of the task; `nil` where nothing is traced.
    @TaskLocal public static var current: ActiveTrace?

    /// Whether spans are recorded. A trace that is not sampled is passed on all the same.
    public var isRecorded: Bool { context.isSampled && tracer.isOn }

    /// A part of this work.
    public func child() -> ActiveTrace { tracer.child(of: self) }

    /// Records that this work ended. `start` in microseconds since 1970-01-01T00:00:00Z.
    public func end(
        _ name: String,
        _ kind: TraceSpan.Kind,
        start: Int64,
        duration: Duration,
        error: String? = nil,
        _ describe: (inout TraceSpan) -> Void = { _ in }
    ) {
        guard isRecorded else { return }
        var span = TraceSpan(
            name,
            kind,
            context,
            parentID: parentID,
            state: state,
            start: start,
            duration: duration,
            error: error
        )
        describe(&span)
        tracer.queue.add(span)
    }
}
