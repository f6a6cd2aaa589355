/// Who answers requests of the public API: a gateway in this process or one elsewhere.
protocol QuerySource: Sendable {
    /// Whether a question meanwhile costs nobody anything, so that progress may be shown.
    var isLocal: Bool { get }

    /// Fails where there is no HTTP answer at all.
    func get(_ target: String) async throws(QueryFailure) -> (status: Int, body: [UInt8])
}
