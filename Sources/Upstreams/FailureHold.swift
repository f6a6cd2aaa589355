/// How long a failed walk answers for the next questions before the upstream is asked again.
///
/// Each failure gets the patience its kind deserves: what may pass is tried again soon and then less and less often,
/// what only the operator can mend waits for as long as a breaker would, and an upstream that named a time is taken
/// at its word, unless it said "at once" while it refused, or refuses what only the operator can mend. No hold but
/// that one is longer than the breaker's, so recovery never takes longer either.
public enum FailureHold {
    /// After the first failure that may pass; doubles with each that follows.
    public static let shortest = Duration.seconds(1)

    /// `streak` is how many walks failed in a row, this one included; `openFor` the breaker's interval; `nextProbe` how
    /// long it refuses calls yet, where it does.
    public static func duration(
        after error: UpstreamError,
        streak: Int,
        openFor: Duration,
        nextProbe: Duration? = nil
    ) -> Duration {
        if error.code != .circuitOpen, let asked = error.retryAfter, asked > .zero {
            return error.isRetryable ? asked : max(asked, openFor)
        }
        return min(unasked(error, streak, openFor), nextProbe ?? openFor)
    }

    /// Where it named no time.
    private static func unasked(
        _ error: UpstreamError,
        _ streak: Int,
        _ openFor: Duration
    ) -> Duration {
        switch error.code {
        case .cancelled: .zero
        case .circuitOpen: error.retryAfter ?? openFor
        case .throttled where error.retryAfter == nil: openFor
        case _ where error.isRetryable: growing(streak, openFor)
        default: openFor
        }
    }

    private static func growing(_ streak: Int, _ longest: Duration) -> Duration {
        min(shortest * (1 << min(max(streak - 1, 0), 20)), longest)
    }
}
