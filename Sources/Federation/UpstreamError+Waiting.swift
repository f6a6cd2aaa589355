internal import Upstreams

extension UpstreamError {
    static let stillLoading = UpstreamError(
        .stillLoading,
        "its list is still being read; ask again for the rest",
        isRetryable: true
    )
    static let notCached = UpstreamError(
        .stillLoading,
        "nothing is cached and the request forbids asking (only-if-cached)",
        isRetryable: true
    )
}
