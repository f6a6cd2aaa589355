internal import MonotonicTime

/// Pending timers in a binary heap, earliest first; equal deadlines fire in the order they were
/// set. A cancelled timer leaves its action at once and its heap entry when it comes up.
struct TimerQueue {
    private var heap: [Entry] = []
    private var slots: [Slot] = []
    private var freeSlots: [UInt32] = []
    private var count = 0
    /// The number the next timer gets; numbers grow.
    private(set) var nextNumber: UInt64 = 1

    private struct Entry {
        var due: MonotonicClock.Instant
        var number: UInt64
        var slot: UInt32

        func precedes(_ other: Entry) -> Bool {
            due != other.due ? due < other.due : number < other.number
        }
    }

    private struct Slot {
        /// Of the timer that has it; 0 while it is free.
        var number: UInt64 = 0
        var action: (() -> Void)?
    }

    mutating func add(at deadline: MonotonicClock.Instant, _ action: @escaping () -> Void)
        -> TimerID
    {
        let id = TimerID(number: nextNumber, slot: freeSlots.popLast() ?? newSlot())
        nextNumber += 1
        count += 1
        slots[Int(id.slot)] = Slot(number: id.number, action: action)
        heap.append(Entry(due: deadline, number: id.number, slot: id.slot))
        siftUp(heap.count - 1)
        return id
    }

    /// Returns the action that will not run.
    mutating func cancel(_ id: TimerID) -> (() -> Void)? {
        guard slots[Int(id.slot)].number == id.number else { return nil }
        let action = take(id.slot)
        if heap.count > 64, heap.count > 2 * count { rebuild() }
        return action
    }

    /// The earliest deadline of a timer that still counts.
    mutating func earliest() -> MonotonicClock.Instant? {
        dropCancelled()
        return heap.first?.due
    }

    /// Takes the next action due at `now` among timers older than `limit`; a newer one at the top
    /// ends the search, older ones behind it wait for the next call.
    mutating func popDue(_ now: MonotonicClock.Instant, before limit: UInt64) -> (() -> Void)? {
        dropCancelled()
        guard let first = heap.first, first.number < limit, first.due <= now
        else { return nil }
        removeFirst()
        return take(first.slot)
    }

    private mutating func newSlot() -> UInt32 {
        slots.append(Slot())
        return UInt32(slots.count - 1)
    }

    private mutating func take(_ slot: UInt32) -> (() -> Void)? {
        let action = slots[Int(slot)].action
        slots[Int(slot)] = Slot()
        freeSlots.append(slot)
        count -= 1
        return action
    }

    private func counts(_ entry: Entry) -> Bool { slots[Int(entry.slot)].number == entry.number }

    private mutating func dropCancelled() {
        while let first = heap.first, !counts(first) { removeFirst() }
    }

    private mutating func rebuild() {
        heap = heap.filter { counts($0) }.sorted { $0.precedes($1) }
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
            for child in 2 * index + 1..<min(2 * index + 3, max(heap.count, 2 * index + 1))
            where heap[child].precedes(heap[least]) {
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
    let number: UInt64
    let slot: UInt32
}
