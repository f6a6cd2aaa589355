import HTTPWire
import MonotonicTime
import Testing

@testable import HTTPServing

@Suite("ConnectionStateMachine")
struct ConnectionStateMachineTests {
    private let start = MonotonicClock.now
    private let limits = ServerLimits()

    private func machine() -> ConnectionStateMachine {
        ConnectionStateMachine(limits: limits, now: start)
    }

    @Test("A new connection is idle until its idle time ends, then closes")
    func idle() {
        var machine = machine()
        let holds1 = machine.isIdle && machine.wantsHead && machine.wantsInput
        #expect(holds1)
        let holds2 = machine.deadline == start + limits.idleTime
        #expect(holds2)
        let result3 = machine.deadlineReached(now: start + .seconds(1))
        #expect(result3 == .none)
        let result4 = machine.deadlineReached(now: start + limits.idleTime)
        #expect(result4 == .close)
    }

    @Test("A handshake has the head's time, then closes; once done the connection is idle")
    func handshake() {
        var machine = ConnectionStateMachine(limits: limits, isTLS: true, now: start)
        let late = machine.deadlineReached(now: start + limits.headTime)
        #expect(late == .close)
        machine.handshakeCompleted(now: start)
        let deadline = machine.deadline
        #expect(deadline == start + limits.idleTime)
        machine.headBegan(now: start)
        machine.handshakeCompleted(now: start)
        let headDeadline = machine.deadline
        #expect(headDeadline == start + limits.headTime)
    }

    @Test("A head's deadline runs from its first byte and is not renewed by more")
    func head() {
        var machine = machine()
        machine.headBegan(now: start)
        machine.headBegan(now: start + .seconds(3))
        let holds5 = machine.deadline == start + limits.headTime
        #expect(holds5)
        let result6 = machine.deadlineReached(now: start + limits.headTime)
        #expect(result6 == .refuse(.headTimeout))
    }

    @Test("A request without content may be answered at once, and keeps the connection")
    func withoutContent() {
        var machine = machine()
        let action = machine.headCompleted(framing: .none, keepsAlive: true, now: start)
        #expect(action == .respond(mayAnswerAtOnce: true))
        let holds7 = machine.isResponding && !machine.wantsInput
        #expect(holds7)
        let holds8 = machine.deadline == nil
        #expect(holds8)
        let holds9 = machine.answerBegan(asksToClose: false)
        #expect(holds9)
        machine.answerQueued()
        let result10 = machine.flushed(now: start + .seconds(1))
        #expect(result10 == .next)
        let holds11 = machine.deadline == start + .seconds(1) + limits.idleTime
        #expect(holds11)
    }

    @Test("Content has a deadline that grows with its length")
    func content() {
        var machine = machine()
        let framing = BodyFraming.fixed(limits.bodyBytesPerSecondMin)
        let result12 = machine.headCompleted(framing: framing, keepsAlive: true, now: start)
        #expect(result12 == .readBody)
        let holds13 = machine.wantsBody
        #expect(holds13)
        let deadline = start + limits.bodyTime + .seconds(1)
        let result14 = machine.deadlineReached(now: deadline - .milliseconds(50))
        #expect(result14 == .none)
        let result15 = machine.deadlineReached(now: deadline + .milliseconds(50))
        #expect(result15 == .refuse(.bodyTimeout))
        machine.bodyCompleted()
        let holds16 = machine.isResponding
        #expect(holds16)
    }

    @Test("However a head and its content share it, a request has one time in total")
    func requestTime() {
        let total = limits.requestTime
        var machine = machine()
        machine.headBegan(now: start)
        let late = start + limits.headTime - .milliseconds(1)
        _ = machine.headCompleted(framing: .fixed(1 << 20), keepsAlive: true, now: late)
        let deadline = machine.deadline
        #expect(deadline == min(late + limits.bodyTime + .seconds(2), start + total))
        #expect(total <= .seconds(12))
        var whole = self.machine()
        _ = whole.headCompleted(framing: .fixed(1 << 30), keepsAlive: true, now: start)
        let bound = whole.deadline
        #expect(bound == start + total)
    }

    @Test("An answer that blocks has one deadline, from when it first blocked; then it is aborted")
    func blockedAnswer() {
        var machine = machine()
        _ = machine.headCompleted(framing: .none, keepsAlive: true, now: start)
        _ = machine.answerBegan(asksToClose: false)
        machine.answerQueued()
        machine.answerBlocked(byteCount: 1_000, now: start)
        let deadline = machine.deadline
        machine.answerBlocked(byteCount: 1_000, now: start + .seconds(5))
        let holds17 = machine.deadline == deadline
        #expect(holds17)
        let result18 = machine.deadlineReached(now: start + .seconds(3_600))
        #expect(result18 == .abort)
    }

    @Test(
        "The connection ends after the answer when the client, the responder, the count or a drain says so",
        arguments: ["client", "responder", "count", "drain before", "drain during", "refusal"]
    )
    func closing(_ cause: String) {
        var limits = limits
        if cause == "count" { limits.requestsPerConnectionMax = 1 }
        var machine = ConnectionStateMachine(limits: limits, now: start)
        if cause == "drain before" { machine.drain(now: start) }
        let action = machine.headCompleted(
            framing: .none,
            keepsAlive: cause != "client",
            now: start
        )
        let isOurs = cause == "count" || cause == "drain before"
        #expect(action == .respond(mayAnswerAtOnce: !isOurs))
        if cause == "drain during" { machine.drain(now: start) }
        if cause == "refusal" { machine.refused() }
        let isKept = machine.answerBegan(asksToClose: cause == "responder")
        #expect(!isKept)
        machine.answerQueued()
        let result19 = machine.flushed(now: start)
        #expect(result19 == .linger)
        let holds20 = machine.isLingering && machine.wantsInput && !machine.wantsHead
        #expect(holds20)
        let result21 = machine.deadlineReached(now: start + limits.lingerTime)
        #expect(result21 == .close)
    }

    @Test("The end of input closes an idle or lingering connection and refuses a broken request")
    func inputEnded() {
        var idle = machine()
        let result22 = idle.inputEnded()
        #expect(result22 == .close)
        var head = machine()
        head.headBegan(now: start)
        let result23 = head.inputEnded()
        #expect(result23 == .refuse(.truncated))
        var body = machine()
        _ = body.headCompleted(framing: .chunked, keepsAlive: true, now: start)
        let result24 = body.inputEnded()
        #expect(result24 == .refuse(.truncated))
        body.refused()
        body.answerQueued()
        let result25 = body.flushed(now: start)
        #expect(result25 == .close)
    }

    @Test("A flush outside an answer means nothing: it was the interim answer's")
    func interimFlush() {
        var machine = machine()
        _ = machine.headCompleted(framing: .fixed(1), keepsAlive: true, now: start)
        let result26 = machine.flushed(now: start)
        #expect(result26 == .none)
        let holds27 = machine.wantsBody
        #expect(holds27)
    }

    @Test(
        "A drain leaves an idle connection its short last while, however long it has been idle",
        arguments: [true, false]
    )
    func drainIdle(isUsed: Bool) {
        var machine = machine()
        if isUsed {
            _ = machine.headCompleted(framing: .none, keepsAlive: true, now: start)
            _ = machine.answerBegan(asksToClose: false)
            machine.answerQueued()
            _ = machine.flushed(now: start)
        }
        let drain = start + limits.drainIdleTime * 40
        machine.drain(now: drain)
        let end = drain + limits.drainIdleTime
        let early = machine.deadlineReached(now: end - .milliseconds(1))
        #expect(early == .none)
        machine.drain(now: end - .milliseconds(1))
        let late = machine.deadlineReached(now: end)
        #expect(late == .close)
        let action = machine.headCompleted(framing: .none, keepsAlive: true, now: end)
        #expect(action == .respond(mayAnswerAtOnce: false))
        let isKept = machine.answerBegan(asksToClose: false)
        #expect(!isKept)
    }

    @Test("A drain leaves a head that is under way its time")
    func drainHead() {
        var machine = machine()
        machine.headBegan(now: start)
        machine.drain(now: start + .seconds(1))
        let deadline = machine.deadline
        #expect(deadline == start + limits.headTime)
    }

    @Test("A closed connection wants nothing and is due nothing")
    func closed() {
        var machine = machine()
        machine.closed()
        let holds30 = machine.isClosed && !machine.wantsInput && machine.deadline == nil
        #expect(holds30)
        let result31 = machine.deadlineReached(now: start + .seconds(3_600))
        #expect(result31 == .none)
    }
}
