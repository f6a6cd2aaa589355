import EventLoops
import HTTPWire
internal import MonotonicTime

extension ServerLoop {
    /// Whether there is a place for one more connection. Where all are taken, those make room that have been silent
    /// longest, or longest at sending a request; one whose request is here never does.
    func hasRoom() -> Bool {
        var lookCount = 0
        while isFull {
            if let entry = spare.popFirst() {
                endSpare(entry)
            } else {
                guard lookCount < Self.lookCountMax, mayLook else { return false }
                lookCount += 1
                look()
            }
        }
        return true
    }

    /// In the second look those are found that had a request after all, which has been answered since.
    private static let lookCountMax = 2
}
