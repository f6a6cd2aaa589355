internal import Caching
internal import ImageModel
internal import MonotonicTime
internal import Observability
internal import Upstreams

/// What a request asks an upstream for.
///
/// What a function that waits keeps meanwhile is taken from the heap, so these keep little: what comes before a wait and
/// behind it lies in functions that do not wait.
extension UpstreamNode {
    /// A question that has no answer yet.
    private final class OpenQuestion: Sendable {
        let begun: MonotonicClock.Instant
        let limit: MonotonicClock.Instant
        let key: WalkKey
        let reason: ForwardReason

        init(
            _ key: WalkKey,
            _ reason: ForwardReason,
            begun: MonotonicClock.Instant,
            until limit: MonotonicClock.Instant
        ) {
            self.key = key
            self.reason = reason
            self.begun = begun
            self.limit = limit
        }
    }

    private enum Turn {
        case answered(Federation.Part)
        case open(OpenQuestion)
    }

    /// Says what there is, at once where nobody must be waited for; else asks the upstream, or joins whoever asks
    /// already, and waits until the deadline at the longest. A span tells how long.
    func part(_ asking: Federation.Asking) async -> Federation.Part {
        if let trace = ActiveTrace.current?.child() { return await tracedPart(asking, trace) }
        return await untracedPart(asking)
    }

    private func untracedPart(_ asking: Federation.Asking) async -> Federation.Part {
        switch turn(asking) {
        case .answered(let part): return part
        case .open(let question): return part(question, await walkEnd(question))
        }
    }

    /// `nil` where the time is up, or the caller is cancelled.
    private func walkEnd(_ question: OpenQuestion) async -> WalkEnd? {
        let timekeeper = environment.timekeeper
        let key = question.key
        return await walks.value(
            for: key,
            until: { timekeeper.call(at: question.limit, $0) },
            on: place(of: key)
        ) { [self] in
            await walk(key)
        }
    }

    @inline(never)
    private func turn(_ asking: Federation.Asking) -> Turn {
        let now = environment.timekeeper.now
        let request = asking.request
        func answered(_ contribution: Contribution) -> Turn {
            .answered(Federation.Part(self, contribution, begun: now, done: now))
        }
        if let known = contributionAtOnce(request.demand, request.query, now: now) {
            return answered(known)
        }
        let key = narrowedKey(for: request.query)
        let limit = min(asking.deadline, now + policy.deadline)
        if let held = heldFailure(key, now: now) ?? heldPause(key, now: now, until: limit) {
            return answered(held)
        }
        return .open(OpenQuestion(key, forwardReason(key, now: now), begun: now, until: limit))
    }

    @inline(never)
    private func part(
        _ question: OpenQuestion,
        _ end: WalkEnd?
    ) -> Federation.Part {
        let now = environment.timekeeper.now
        return Federation.Part(
            self,
            end?.contribution ?? unfinished(question.key, now: now),
            begun: question.begun,
            waited: question.begun.duration(to: now),
            forwarded: question.reason,
            done: now
        )
    }

    @inline(never)
    private func tracedPart(
        _ asking: Federation.Asking,
        _ trace: ActiveTrace
    ) async -> Federation.Part {
        let date = environment.timekeeper.date
        let part = await ActiveTrace.$current.withValue(trace) { await self.untracedPart(asking) }
        let contribution = part.contribution
        let error = contribution.error?.code.rawValue
        trace.end(
            "wait \(id)",
            .internal,
            start: date.microseconds,
            duration: part.waited,
            error: contribution.state == .failed ? error : nil
        ) { span in
            span.set("image_gateway.upstream", id)
            span.set("image_gateway.state", contribution.state.rawValue)
            span.set("error.type", error)
        }
        return part
    }
}
