internal import Upstreams

extension UpstreamError {
    /// A list call was asked for before its login.
    static var missingSession: UpstreamError {
        UpstreamError(.sessionExpired, "This upstream lists after a login, and there is none yet.")
    }
}
