internal import CSystem

/// What a descriptor is waited for, or is ready for.
public struct Readiness: OptionSet, Sendable, Hashable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    public static let read = Readiness(rawValue: EPOLLIN.rawValue)
    public static let write = Readiness(rawValue: EPOLLOUT.rawValue)
    /// The peer has shut down its sending half.
    public static let peerClosed = Readiness(rawValue: EPOLLRDHUP.rawValue)
    /// Reported without being asked for.
    public static let hangUp = Readiness(rawValue: EPOLLHUP.rawValue)
    /// Reported without being asked for.
    public static let error = Readiness(rawValue: EPOLLERR.rawValue)
    public static let edgeTriggered = Readiness(rawValue: EPOLLET.rawValue)
}

/// Somebody who waits for a descriptor. Called on the loop's thread.
public protocol ReadinessHandler: AnyObject {
    func ready(_ readiness: Readiness)
}

/// One descriptor's place in a loop. A slot is recycled with a new generation, so an event that was
/// already fetched for its predecessor is dropped.
public struct Registration: Sendable, Hashable {
    var slot: UInt32
    var generation: UInt32
    var descriptor: Int32
}
