internal import Caching
internal import Catalogs
internal import ImageModel
internal import MonotonicTime
internal import Observability
internal import Upstreams

extension UpstreamNode {
    /// Runs a walk within the trace of the request that began it, or within one of its own where nobody waits.
    /// Requests that join a walk later see it as waiting alone.
    func traced(_ walk: UpstreamWalk) async -> Result<UpstreamWalk.Outcome, UpstreamError> {
        guard let trace = ActiveTrace.current?.child() ?? environment.tracer?.begin() else {
            return await read(walk)
        }
        return await traced(walk, trace)
    }

    // Not inlined, here and below: what is needed for a trace alone would lie in every frame.
    @inline(never)
    private func traced(
        _ walk: UpstreamWalk,
        _ trace: ActiveTrace
    ) async -> Result<UpstreamWalk.Outcome, UpstreamError> {
        let timekeeper = environment.timekeeper
        let (begin, date) = (timekeeper.now, timekeeper.date)
        let result = await ActiveTrace.$current.withValue(trace) { await self.read(walk) }
        let (images, error) = Self.summary(result)
        trace.end(
            "walk \(id)",
            .internal,
            start: date.microseconds,
            duration: begin.duration(to: timekeeper.now),
            error: error
        ) { span in
            span.set("image_gateway.upstream", id)
            span.set("image_gateway.provider", settings.provider)
            span.set("image_gateway.images", images)
            span.set("error.type", error)
        }
        return result
    }

    private static func summary(
        _ result: Result<UpstreamWalk.Outcome, UpstreamError>
    ) -> (images: Int?, error: String?) {
        switch result {
        case .success(let outcome): (outcome.snapshot.count, outcome.error?.code.rawValue)
        case .failure(let error): (nil, error.code.rawValue)
        }
    }
}
