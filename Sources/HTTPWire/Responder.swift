/// What a server serves. One instance belongs to one loop: all calls come on that loop's thread.
public protocol Responder: Sendable {
    /// Called with a complete head before any task exists. Finished bytes (head and content) to send as they
    /// are, or `nil` to go the long way. Must not block. Never called for a request with content.
    func answerAtOnce(_ head: borrowing RequestHead) -> [UInt8]?

    /// Called in a task on the loop once the content has arrived. Cancelled when the connection closes.
    func respond(to request: HTTPRequest) async -> HTTPResponse
}

extension Responder {
    public func answerAtOnce(_ head: borrowing RequestHead) -> [UInt8]? { nil }
}
