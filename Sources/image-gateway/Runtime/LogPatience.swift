internal import MonotonicTime

/// How long the end of the process waits for whoever reads its log: as long as lines go out, up to a deadline; not
/// for somebody who reads no more.
struct LogPatience {
    typealias Instant = MonotonicClock.Instant

    private let deadline: Instant
    private let silenceMax: Duration
    private var writtenByteCount: Int
    private var lastProgress: Instant

    /// Whoever reads has `silenceMax` at least, however near `deadline` is.
    init(until deadline: Instant, silenceMax: Duration, writtenByteCount: Int, now: Instant) {
        self.deadline = max(deadline, now + silenceMax)
        self.silenceMax = silenceMax
        self.writtenByteCount = writtenByteCount
        lastProgress = now
    }

    /// Whether it is over, where so many bytes have been written by now.
    mutating func ends(writtenByteCount: Int, now: Instant) -> Bool {
        if writtenByteCount != self.writtenByteCount {
            self.writtenByteCount = writtenByteCount
            lastProgress = now
        }
        return now >= deadline || lastProgress.duration(to: now) >= silenceMax
    }
}
