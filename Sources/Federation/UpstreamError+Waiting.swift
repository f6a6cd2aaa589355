internal import Upstreams

extension UpstreamError.Code {
    /// Whether a list with this error is as good as it gets: one cut at the operator's own bound, or one of
    /// which some elements cannot be read, does not get better by asking again.
    var leavesGoodRows: Bool { self == .tooManyImages || self == .rowsUnreadable }
}

extension UpstreamError {
    /// Whether it is the upstream's, so that any other question would have met it: it is out of order or out of reach,
    /// or wants no more calls, or none of ours. An answer that is wrong may be so for one question only.
    var isOfAnyQuestion: Bool {
        switch code {
        case .connectionFailed, .nameResolutionFailed, .tlsFailed, .unauthorized, .sessionExpired,
            .forbidden, .throttled, .upstreamFault, .redirectRefused, .circuitOpen, .misconfigured:
            true
        case .deadlineExceeded: self != .walkTimeout
        case .cancelled, .answerTooLarge, .malformedAnswer, .notFound, .invalidRequest,
            .pagingFault, .markerLost, .tooManyImages, .rowsUnreadable, .stillLoading, .notCached:
            false
        }
    }

    static let stillLoading = UpstreamError(
        .stillLoading,
        "its list is still being read; ask again for the rest",
        isRetryable: true
    )
    static let noNarrowedWalk = UpstreamError(
        .stillLoading,
        "as many narrowed lists of it are being read as may be at a time; ask again for this one",
        isRetryable: true
    )

    static let notCached = UpstreamError(
        .notCached,
        "no list that the request takes is cached, and it forbids asking (only-if-cached)",
        isRetryable: true
    )

    static let walkTimeout = UpstreamError(
        .deadlineExceeded,
        "reading all pages took longer than walk_timeout allows",
        isRetryable: true
    )

    static let noAnswerYet = UpstreamError(
        .deadlineExceeded,
        "it did not answer within the time this request could wait; the walk goes on",
        isRetryable: true
    )
}
