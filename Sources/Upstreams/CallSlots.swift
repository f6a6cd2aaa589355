/// How many calls to one upstream may be on their way at a time; who comes too late waits in line.
///
/// A plain value: whoever owns it keeps what belongs to the numbers of those who wait.
public struct CallSlots: Sendable, Hashable {
    private var countMax: Int
    public private(set) var taken = 0
    private var line: [UInt64] = []
    private var nextNumber: UInt64 = 0

    public init(countMax: Int) {
        self.countMax = countMax
    }

    public var hasRoom: Bool { taken < countMax }

    /// Takes a slot unless all are taken.
    public mutating func take() -> Bool {
        guard taken < countMax else { return false }
        taken += 1
        return true
    }

    /// A place at the end of the line.
    public mutating func queue() -> UInt64 {
        nextNumber += 1
        line.append(nextNumber)
        return nextNumber
    }

    /// Gives a slot back; returns who has it now, if somebody waited.
    public mutating func leave() -> UInt64? {
        guard taken <= countMax, !line.isEmpty else {
            taken -= 1
            return nil
        }
        return line.removeFirst()
    }

    /// From now on there are so many; returns who has one of those that came, in the order of the line. Slots that
    /// are taken beyond fewer stay so until they are given back.
    public mutating func change(countMax: Int) -> [UInt64] {
        self.countMax = countMax
        let given = Array(line.prefix(max(0, countMax - taken)))
        line.removeFirst(given.count)
        taken += given.count
        return given
    }

    /// Leaves the line; `false` where the slot was given already.
    public mutating func abandon(_ number: UInt64) -> Bool {
        guard let index = line.firstIndex(of: number) else { return false }
        line.remove(at: index)
        return true
    }
}
