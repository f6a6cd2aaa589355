/// Answers that sockets did not take at once, in the order in which that began, by descriptor.
///
/// Whoever asks and does not read makes the server hold an answer. Each has a deadline; this bounds all together.
struct UnsentAnswers {
    private(set) var byteCount = 0
    private var held: [Int32: Held] = [:]
    /// With places of answers that are gone meanwhile, which differ in number.
    private var line: [Place] = []
    private var start = 0
    private var number: UInt64 = 0

    private struct Held {
        var number: UInt64
        var byteCount: Int
    }

    private struct Place {
        var descriptor: Int32
        var number: UInt64
    }

    /// An answer of so many bytes waits. One that waited already keeps its place.
    mutating func hold(_ descriptor: Int32, byteCount: Int) {
        self.byteCount += byteCount - (held[descriptor]?.byteCount ?? 0)
        if held[descriptor] == nil {
            number += 1
            line.append(Place(descriptor: descriptor, number: number))
        }
        held[descriptor] = Held(
            number: held[descriptor]?.number ?? number,
            byteCount: byteCount
        )
    }

    /// It was taken, or its connection is closed.
    mutating func release(_ descriptor: Int32) {
        guard let gone = held.removeValue(forKey: descriptor) else { return }
        byteCount -= gone.byteCount
        if held.isEmpty || start + 2 * held.count + 64 < line.count { compact() }
    }

    /// Whose answer has waited longest.
    mutating func oldest() -> Int32? {
        while start < line.count {
            let place = line[start]
            if held[place.descriptor]?.number == place.number { return place.descriptor }
            start += 1
        }
        return nil
    }

    private mutating func compact() {
        line = line[start...].filter { held[$0.descriptor]?.number == $0.number }
        start = 0
    }
}
