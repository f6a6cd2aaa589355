import EventLoops
import Glibc
import MonotonicTime
import Synchronization
import TestKit
import Testing
import Upstreams

@testable import CurlClient

@Suite(.timeLimit(.minutes(2)))
struct HedgeTests {
    /// Counts what becomes of one hedge.
    private final class Watch: Sendable {
        let requests = Atomic<Int>(0)
        let wins = Atomic<Int>(0)

        func hedge(_ url: String?, after delay: Duration = .milliseconds(5)) -> Hedge {
            Hedge(at: .now + delay, Attempt(self, url))
        }

        var counts: [Int] { [requests.load(ordering: .relaxed), wins.load(ordering: .relaxed)] }
    }

    private final class Attempt: SecondAttempt {
        let watch: Watch
        let url: String?

        init(_ watch: Watch, _ url: String?) {
            self.watch = watch
            self.url = url
        }

        func request() -> UpstreamRequest? {
            watch.requests.add(1, ordering: .relaxed)
            return url.map { UpstreamRequest(url: $0) }
        }

        func won() { watch.wins.add(1, ordering: .relaxed) }
    }

    /// Connection by connection: `nil` says nothing, `""` closes, anything else is the answer's body.
    private static func server(_ answers: [String?]) -> ScriptedServer {
        ScriptedServer { socket, server in
            guard server.readRequest(socket) != nil else { return }
            switch answers[min(socket.index, answers.count - 1)] {
            case nil: socket.waitForEnd()
            case "": break
            case let body?:
                socket.answer(body)
                socket.waitForEnd()
            }
        }
    }

    private func send(
        _ transport: CurlTransport,
        _ server: ScriptedServer,
        _ hedge: Hedge,
        within time: Duration = .seconds(300)
    ) async throws(UpstreamError) -> UpstreamResponse {
        try await transport.send(
            UpstreamRequest(url: server.url),
            policy: TransportPolicy(),
            deadline: .now + time,
            hedge: hedge
        )
    }

    @Test(
        "Where the first attempt hangs, the second one's answer counts and the first is called off"
    )
    func won() async throws {
        let server = Self.server([nil, "second"])
        defer { server.stop() }
        let watch = Watch()
        try await withTransport { transport in
            let response = try await send(transport, server, watch.hedge(server.url))
            #expect(response.body == Array("second".utf8))
            await settle { server.openCount <= 1 }
            #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
        }
        #expect(watch.counts == [1, 1])
        #expect(server.acceptedCount == 2)
    }

    @Test("An answer in time makes no second attempt")
    func inTime() async throws {
        let server = Self.server(["first"])
        defer { server.stop() }
        let watch = Watch()
        try await withTransport { transport in
            let hedge = watch.hedge(server.url, after: .seconds(250))
            let response = try await send(transport, server, hedge)
            #expect(response.body == Array("first".utf8))
            #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
        }
        #expect(watch.counts == [0, 0])
        #expect(server.acceptedCount == 1)
    }

    @Test("Of calls side by side each that hangs is made a second time, whichever is due first")
    func sideBySide() async throws {
        let hanging = (0..<2).map { _ in Self.server([nil, "second"]) }
        let answering = Self.server(["first"])
        let watches = (0..<2).map { _ in Watch() }
        defer { for server in hanging + [answering] { server.stop() } }
        try await withTransport { transport in
            let late = watches[0].hedge(hanging[0].url, after: .milliseconds(40))
            let early = watches[1].hedge(hanging[1].url, after: .milliseconds(20))
            // Sets the timer, and is answered while the others are waited for.
            let needless = Watch().hedge(nil, after: .milliseconds(10))
            async let one = send(transport, hanging[0], late)
            async let two = send(transport, hanging[1], early)
            async let three = send(transport, answering, needless)
            let bodies = try await [one.body, two.body, three.body]
            #expect(bodies == ["second", "second", "first"].map { Array($0.utf8) })
            #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
        }
        #expect(watches.map(\.counts) == [[1, 1], [1, 1]])
        #expect(hanging.map(\.acceptedCount) == [2, 2])
    }

    @Test("Without a budget for it the first attempt is waited for as if there were no second")
    func withheld() async throws {
        let watch = Watch()
        let server = ScriptedServer { socket, server in
            guard server.readRequest(socket) != nil else { return }
            while watch.counts[0] == 0 { sched_yield() }
            socket.answer("first")
            socket.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let response = try await send(transport, server, watch.hedge(nil))
            #expect(response.body == Array("first".utf8))
        }
        #expect(watch.counts == [1, 0])
        #expect(server.acceptedCount == 1)
    }

    @Test("A second attempt that fails changes nothing for the first")
    func secondFails() async throws {
        let server = ScriptedServer { socket, server in
            guard server.readRequest(socket) != nil, socket.index == 0 else { return }
            while server.acceptedCount < 2 || server.openCount > 1 { sched_yield() }
            socket.answer("first")
            socket.waitForEnd()
        }
        defer { server.stop() }
        let watch = Watch()
        try await withTransport { transport in
            let response = try await send(transport, server, watch.hedge(server.url))
            #expect(response.body == Array("first".utf8))
        }
        #expect(watch.counts == [1, 0])
    }

    /// It ends the same where, on a slow machine, the deadline comes before the second attempt or the first.
    @Test("Attempts that hang end at the deadline, one or two", arguments: [true, false])
    func deadline(_ hasBudget: Bool) async throws {
        let server = Self.server([nil])
        defer { server.stop() }
        let watch = Watch()
        try await withTransport { transport in
            let error = await #expect(throws: UpstreamError.self) {
                let hedge = watch.hedge(hasBudget ? server.url : nil)
                return try await send(transport, server, hedge, within: .milliseconds(60))
            }
            #expect(error?.code == .deadlineExceeded)
            await settle { server.openCount == 0 }
            #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
        }
        #expect(watch.counts[1] == 0)
    }

    @Test("Both attempts failing is the first one's failure, and a caller who leaves ends both")
    func bothFail() async throws {
        let server = ScriptedServer { socket, server in
            guard server.readRequest(socket) != nil else { return }
            if socket.index >= 2 { return socket.waitForEnd() }
            while server.acceptedCount < 2 { sched_yield() }
        }
        defer { server.stop() }
        try await withTransport { transport in
            await #expect(throws: UpstreamError.self) {
                try await send(transport, server, Watch().hedge(server.url))
            }
            let caller = Task { try await send(transport, server, Watch().hedge(server.url)) }
            await settle { server.acceptedCount >= 4 }
            caller.cancel()
            await #expect(throws: UpstreamError.self) { try await caller.value }
            await settle { server.openCount == 0 }
            #expect(await transport.onLoop { $0.wakeUpSourceCount } == 0)
        }
    }

    @Test("A long answer that comes is asked for once, however long it takes")
    func longAnswer() {
        let transfer = CurlTransfer(
            request: UpstreamRequest(url: "http://127.0.0.1:1"),
            policy: TransportPolicy(),
            deadline: .now,
            limits: CurlTransportLimits(),
            observer: nil
        )
        let part = [UInt8](repeating: 0x20, count: 64 << 10)
        #expect(transfer.mayBeOvertaken)
        part.withUnsafeBytes { #expect(transfer.received(body: $0)) }
        #expect(transfer.mayBeOvertaken)
        part.withUnsafeBytes { #expect(transfer.received(body: $0)) }
        #expect(!transfer.mayBeOvertaken)
    }
}
