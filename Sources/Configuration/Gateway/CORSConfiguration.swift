/// Which web pages may call.
public struct CORSConfiguration: Sendable, Hashable {
    /// `https://portal.example` as browsers write it (RFC 6454 §6.2), or `*` alone; empty: none.
    public var origins: [String]

    public init(
        origins: [String] = []
    ) {
        self.origins = origins
    }
}
