/// Why there is no answer, in lines for people.
struct QueryFailure: Error {
    var lines: [String]
    var status = QueryStatus.failed
    /// Whether asking again later may help because lists are still being read.
    var mayBeLoading = false
}
