/// Calls that wait out a pause; all of them go on when an operator ends the pauses.
///
/// Pure: whoever locks it keeps what is handed out and resumes it.
struct Pauses {
    private var waiters: [UInt64: CallLedger.Waiter] = [:]
    private var lastNumber: UInt64 = 0
    /// How often the pauses were ended.
    private(set) var endCount: UInt64 = 0

    /// A place among those who wait; `nil` where the pause that was seen at `endCount` has been ended meanwhile.
    mutating func join(_ waiter: CallLedger.Waiter, since endCount: UInt64) -> UInt64? {
        guard endCount == self.endCount else { return nil }
        lastNumber += 1
        waiters[lastNumber] = waiter
        return lastNumber
    }

    /// Whoever has waited long enough or is no longer wanted; `nil` where it went on already.
    mutating func leave(_ number: UInt64) -> CallLedger.Waiter? {
        waiters.removeValue(forKey: number)
    }

    /// Returns who goes on now.
    mutating func end() -> [CallLedger.Waiter] {
        endCount += 1
        defer { waiters = [:] }
        return Array(waiters.values)
    }
}
