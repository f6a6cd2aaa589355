import Testing
import Upstreams

@Suite struct CallSlotsTests {
    @Test("As many calls as allowed, one more waits and gets the first slot that is given back")
    func line() {
        var slots = CallSlots(countMax: 2)
        #expect(slots.take() == true)
        #expect(slots.take() == true)
        #expect(slots.take() == false)
        let first = slots.queue()
        let second = slots.queue()
        #expect(slots.leave() == first)
        #expect(slots.take() == false)
        #expect(slots.leave() == second)
        #expect(slots.leave() == nil)
        #expect(slots.leave() == nil)
        #expect(slots.taken == 0)
    }

    @Test("More slots go to who waits, in order; fewer are not lent again before enough came back")
    func change() {
        var slots = CallSlots(countMax: 1)
        #expect(slots.take() == true)
        let line = (0..<4).map { _ in slots.queue() }
        #expect(slots.change(countMax: 3) == Array(line[0..<2]))
        #expect(slots.taken == 3)
        #expect(slots.change(countMax: 1) == [])
        #expect(slots.leave() == nil)
        #expect(slots.leave() == nil)
        #expect(slots.leave() == line[2])
        #expect(slots.taken == 1 && !slots.hasRoom)
    }

    @Test("Who gives up waiting is passed over, and who has a slot cannot give up waiting")
    func abandoning() {
        var slots = CallSlots(countMax: 1)
        #expect(slots.take() == true)
        let (first, second) = (slots.queue(), slots.queue())
        #expect(slots.abandon(first) == true)
        #expect(slots.abandon(first) == false)
        #expect(slots.leave() == second)
        #expect(slots.abandon(second) == false)
        #expect(slots.taken == 1)
    }
}
