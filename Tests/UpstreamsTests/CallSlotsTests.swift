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
