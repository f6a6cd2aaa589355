/// Which web pages may call.
public struct CORSConfiguration: Sendable, Hashable {
    /// `https://portal.example`, or `*` alone; empty: none.
    public var origins: [String]

    public init(
        origins: [String] = []
    ) {
        self.origins = origins
    }
}
