import Testing
import Upstreams

@Suite struct FailureHoldTests {
    private func hold(_ error: UpstreamError, streak: Int = 1) -> Duration {
        FailureHold.duration(after: error, streak: streak, openFor: .seconds(10))
    }

    @Test(
        "What may pass is tried again after 1, 2, 4, 8 seconds, at the longest after the breaker's 10"
    )
    func transient() {
        let error = UpstreamError(.upstreamFault, "", status: 503, isRetryable: true)
        let holds = (1...6).map { hold(error, streak: $0) }
        #expect(holds == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
        #expect(hold(error, streak: .max) == .seconds(10))
    }

    @Test("Refused credentials are held longer than a failure that may pass")
    func refused() {
        for code in [
            UpstreamError.Code.unauthorized, .forbidden, .notFound, .malformedAnswer, .tlsFailed,
            .redirectRefused, .answerTooLarge, .pagingFault, .invalidRequest,
        ] {
            #expect(hold(UpstreamError(code, "")) == .seconds(10))
        }
    }

    @Test("Retry-After is obeyed, an open breaker ends with its probe, an ended walk holds nothing")
    func named() {
        let throttled = UpstreamError(.throttled, "", isRetryable: true, retryAfter: .seconds(70))
        #expect(hold(throttled) == .seconds(70))
        #expect(hold(UpstreamError(.throttled, "", isRetryable: true)) == .seconds(10))
        let open = UpstreamError(.circuitOpen, "", isRetryable: true, retryAfter: .seconds(3))
        #expect(hold(open, streak: 9) == .seconds(3))
        #expect(hold(UpstreamError(.cancelled, "")) == .zero)
    }

    @Test("Retry-After is obeyed whatever carries it; of a refusal it shortens nothing")
    func namedByFaults() {
        func hold(_ code: UpstreamError.Code, _ seconds: Int, isRetryable: Bool = true)
            -> Duration
        {
            let asked = Duration.seconds(seconds)
            return self.hold(
                UpstreamError(code, "", isRetryable: isRetryable, retryAfter: asked),
                streak: 9
            )
        }
        #expect(hold(.upstreamFault, 70) == .seconds(70))
        #expect(hold(.upstreamFault, 3) == .seconds(3))
        #expect(hold(.upstreamFault, 0) == .seconds(10))
        #expect(hold(.unauthorized, 70, isRetryable: false) == .seconds(70))
        #expect(hold(.unauthorized, 3, isRetryable: false) == .seconds(10))
    }

    @Test("No failure holds beyond the next probe, unless the upstream named a time")
    func untilProbe() {
        func hold(_ code: UpstreamError.Code, retryAfter: Duration? = nil) -> Duration {
            FailureHold.duration(
                after: UpstreamError(code, "", isRetryable: true, retryAfter: retryAfter),
                streak: 9,
                openFor: .seconds(10),
                nextProbe: .seconds(3)
            )
        }
        #expect(hold(.deadlineExceeded) == .seconds(3))
        #expect(hold(.circuitOpen, retryAfter: .seconds(3)) == .seconds(3))
        #expect(hold(.upstreamFault, retryAfter: .seconds(70)) == .seconds(70))
    }

    @Test("Whoever refuses and says 'again at once' is asked again after 1, 2, 4, 8 seconds")
    func namedAtOnce() {
        let throttled = UpstreamError(.throttled, "", isRetryable: true, retryAfter: .zero)
        let holds = (1...6).map { hold(throttled, streak: $0) }
        #expect(holds == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
    }

    @Test("Only what may pass is repeated: of the 4xx none but 408 and 429")
    func repeating() {
        func isRepeated(_ status: Int?, _ code: UpstreamError.Code = .upstreamFault) -> Bool {
            UpstreamError(code, "", status: status, isRetryable: true).isWorthRepeating
        }
        let repeated = (400..<600).filter { isRepeated($0) }
        #expect(repeated == [408, 429] + Array(500..<600))
        #expect(isRepeated(nil, .connectionFailed))
        #expect(!isRepeated(nil, .circuitOpen))
        #expect(!UpstreamError(.upstreamFault, "", status: 500).isWorthRepeating)
    }
}
