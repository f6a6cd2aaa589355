/// Pending timers in a binary heap, earliest first; equal deadlines fire in the order they were
/// set. A cancelled timer leaves its action at once and its heap entry when it comes up.
struct TimerQueue {
    private var heap: [Entry] = []
    private var actions: [UInt64: () -> Void] = [:]
    /// The identity the next timer gets; identities grow.
    private(set) var nextID: UInt64 = 0

    private struct Entry {
        var deadline: ContinuousClock.Instant
        var id: UInt64

        func precedes(_ other: Entry) -> Bool {
            deadline != other.deadline ? deadline < other.deadline : id < other.id
        }
    }

    var isEmpty: Bool { actions.isEmpty }

    mutating func add(at deadline: ContinuousClock.Instant, _ action: @escaping () -> Void)
        -> TimerID
    {
        let id = nextID
        nextID += 1
        actions[id] = action
        heap.append(Entry(deadline: deadline, id: id))
        siftUp(heap.count - 1)
        return TimerID(value: id)
    }

    /// Returns the action that will not run.
    mutating func cancel(_ id: TimerID) -> (() -> Void)? {
        let action = actions.removeValue(forKey: id.value)
        if heap.count > 64, heap.count > 2 * actions.count { rebuild() }
        return action
    }

    /// The earliest deadline of a timer that still counts.
    mutating func earliest() -> ContinuousClock.Instant? {
        while let first = heap.first, actions[first.id] == nil { removeFirst() }
        return heap.first?.deadline
    }

    /// Takes the next action due at `now` among timers older than `limit`; a newer one at the top
    /// ends the search, older ones behind it wait for the next call.
    mutating func popDue(_ now: ContinuousClock.Instant, before limit: UInt64) -> (() -> Void)? {
        guard let deadline = earliest(), deadline <= now, heap[0].id < limit else { return nil }
        let id = heap[0].id
        removeFirst()
        return actions.removeValue(forKey: id)
    }

    private mutating func rebuild() {
        heap = heap.filter { actions[$0.id] != nil }.sorted { $0.precedes($1) }
    }

    private mutating func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        siftDown(0)
    }

    private mutating func siftUp(_ start: Int) {
        var index = start
        while index > 0, heap[index].precedes(heap[(index - 1) / 2]) {
            heap.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    private mutating func siftDown(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2]
            where child < heap.count && heap[child].precedes(heap[least]) {
                least = child
            }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}

/// Names a pending timer of one loop.
public struct TimerID: Sendable, Hashable {
    let value: UInt64
}
