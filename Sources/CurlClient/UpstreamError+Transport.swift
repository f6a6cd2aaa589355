internal import Upstreams

/// Failures that have nothing to do with libcurl's result codes.
extension UpstreamError {
    static let cancelledCall = UpstreamError(.cancelled, "the call was cancelled")

    static let closedTransport = UpstreamError(.cancelled, "the gateway is shutting down")

    static let libraryUnusable = UpstreamError(
        .misconfigured,
        "libcurl could not be started: memory is short or its installation is broken",
    )

    static let blockingResolver = UpstreamError(
        .misconfigured,
        "this libcurl resolves names synchronously: install one with the feature AsynchDNS",
    )

    static let optionRefused = UpstreamError(
        .misconfigured,
        "libcurl refused an option: check this upstream's endpoint, proxy and ca_file",
    )

    static let unusableURL = UpstreamError(
        .misconfigured,
        "the upstream's URL is malformed or holds credentials",
    )

    static let watchRefused = UpstreamError(
        .connectionFailed,
        "the system refused to watch a socket: check its limits on descriptors and epoll watches",
        isRetryable: true,
    )

    static let cutHead = UpstreamError(
        .connectionFailed,
        "the connection ended in the middle of the answer's head",
        isRetryable: true,
    )

    static let twoLengths = UpstreamError(
        .malformedAnswer,
        "the upstream's answer cannot be read: its head names two different lengths",
    )

    static func deadline(_ phase: String) -> UpstreamError {
        let message = "no answer in time: the deadline passed \(phase)"
        return UpstreamError(.deadlineExceeded, message, isRetryable: true)
    }

    static func bodyTooLarge(_ bytesMax: Int) -> UpstreamError {
        UpstreamError(.answerTooLarge, "the answer's body is longer than \(bytesMax) bytes")
    }
}
