/// How one request is treated.
public struct RequestConfiguration: Sendable, Hashable {
    /// How long a caller waits at most.
    public var deadline: Duration
    /// Images per answer when the caller does not say.
    public var pageSize: Int
    /// Images per answer at most.
    public var pageSizeMax: Int

    public init(
        deadline: Duration = .seconds(2),
        pageSize: Int = 50,
        pageSizeMax: Int = 1000
    ) {
        self.deadline = deadline
        self.pageSize = pageSize
        self.pageSizeMax = pageSizeMax
    }
}
