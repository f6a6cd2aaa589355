internal import MonotonicTime
public import Upstreams

extension UpstreamNode {
    /// Calls the upstream once and counts the images of its first page; nothing is cached.
    public func firstPageCount() async throws(UpstreamError) -> Int {
        let deadline = environment.timekeeper.now + policy.callTimeout
        let answer = try await caller.page(at: .first, pushdown: nil, until: deadline)
        guard case .read(let page, _) = answer else { return 0 }
        return page.images.count
    }
}
