/// What goes over the wire in place of a well-formed answer, for servers that play sick ones: bytes as they
/// stand, pauses, and an end. Nothing is added and nothing is checked.
///
/// After the last step the connection waits for the next request, unless a step has ended it.
public struct WireScript: Sendable, Hashable {
    public enum Step: Sendable, Hashable {
        /// As soon as the peer takes them.
        case bytes([UInt8])
        /// So many bytes at a time, with a pause after each portion.
        case drip([UInt8], portion: Int, pause: Duration)
        /// The same bytes over and over, as fast as the peer takes them.
        case repeated([UInt8], times: Int)
        case pause(Duration)
        /// Nothing more until the peer goes.
        case silence
        /// Ends the connection in good order.
        case close
        /// Ends it with a reset.
        case reset
    }

    public var steps: [Step]

    public init(_ steps: [Step]) {
        self.steps = steps
    }
}
