import EventLoops
import Glibc
import MonotonicTime
import TestKit
import Testing
import Upstreams

@testable import CurlClient

@Suite(.timeLimit(.minutes(2)))
struct FailureTests {
    @Test("A refused connection is a retryable connection failure")
    func refused() async throws {
        let (listener, port) = listenOnLoopback()
        close(listener)
        let error = try await withTransport { try await $0.failure("http://127.0.0.1:\(port)") }
        #expect(error.code == .connectionFailed)
        #expect(error.isRetryable)
        #expect(error.message.contains("refused"))
    }

    @Test("A reset before the answer is a retryable connection failure")
    func reset() async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.closeWithReset()
        }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(server.url) }
        #expect(error.code == .connectionFailed)
        #expect(error.isRetryable)
    }

    @Test("A connection closed without an answer is a retryable connection failure")
    func emptyAnswer() async throws {
        let server = ScriptedServer { socket, server in _ = server.readRequest(socket) }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(server.url) }
        #expect(error.code == .connectionFailed)
        #expect(error.message.contains("without an answer"))
    }

    @Test(
        "An answer that stops short is a retryable connection failure",
        arguments: [
            "", "Content-Length: 100\r\n", "Content-Le", "Content-Length: 100\r\n\r\nhalf",
            "Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        ]
    )
    func half(rest: String) async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.write("HTTP/1.1 200 OK\r\n\(rest)")
        }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(server.url) }
        #expect(error.code == .connectionFailed)
        #expect(error.isRetryable)
        #expect(error.message.contains("middle"))
    }

    @Test(
        "What is not HTTP is a malformed answer",
        arguments: [
            "SSH-2.0-OpenSSH_9\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhi\r\n",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain",
            "HTTP/1.1 200 OK\r\nA: b\u{0}c\r\nContent-Length: 0\r\n\r\n",
            "HTTP/9.9 200 OK\r\nContent-Length: 0\r\n\r\n",
        ]
    )
    func malformed(answer: String) async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.write(answer)
            socket.waitForEnd()
        }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(server.url) }
        #expect(error.code == .malformedAnswer)
        #expect(!error.isRetryable)
    }

    @Test("An answer of two lengths is malformed, one that says its length twice is not")
    func twoLengths() async throws {
        let server = ScriptedServer { socket, server in
            while let request = server.readRequest(socket) {
                let second = request.contains("GET /same ") ? 4 : 5
                let lengths = "Content-Length: 4\r\nContent-Length: \(second)\r\n"
                socket.write("HTTP/1.1 200 OK\r\n\(lengths)\r\nhalf")
            }
        }
        defer { server.stop() }
        try await withTransport { transport in
            #expect(try await transport.get("\(server.url)/same").body == Array("half".utf8))
            let error = try await transport.failure("\(server.url)/other")
            #expect(error.code == .malformedAnswer)
            #expect(!error.isRetryable)
            #expect(error.message.contains("two different lengths"))
        }
    }

    @Test("Bytes behind the end of a compressed body make it malformed")
    func bytesBehindGzip() async throws {
        // `printf x | gzip -n`
        let compressed: [UInt8] = [
            0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xAB, 0, 0, 0x83, 0x16, 0xDC, 0x8C, 1, 0, 0,
            0,
        ]
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            let body = compressed + compressed
            socket.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n")
            socket.write("Content-Length: \(body.count)\r\n\r\n")
            socket.write(body)
        }
        defer { server.stop() }
        let error = try await withTransport { try await $0.failure(server.url) }
        #expect(error.code == .malformedAnswer)
        #expect(!error.isRetryable)
    }

    @Test("A name that does not resolve is a retryable failure that does not show the name")
    func unknownName() async throws {
        let error = try await withTransport { try await $0.failure("http://nobody.invalid/") }
        #expect(error.code == .nameResolutionFailed)
        #expect(error.isRetryable)
        #expect(!error.message.contains("nobody"))
    }

    @Test("Silence ends at the deadline, with where it ended")
    func silence() async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.waitForEnd()
        }
        defer { server.stop() }
        try await withTransport { transport in
            let start = MonotonicClock.now
            let error = try await transport.failure(server.url, within: .milliseconds(400))
            let elapsed = MonotonicClock.now - start
            #expect(error.code == .deadlineExceeded)
            #expect(error.isRetryable)
            // On a busy machine the deadline may pass before the request is out.
            if !server.requests.isEmpty {
                #expect(error.message.contains("before the answer's head"))
            }
            #expect(elapsed >= .milliseconds(400))
            await settle { server.openCount == 0 }
        }
    }

    @Test("A connect that gets no answer ends at the deadline, and the message says where")
    func silentConnect() async throws {
        // A full accept queue: the kernel drops further handshakes.
        let (listener, port) = listenOnLoopback(backlog: 0)
        defer { close(listener) }
        let filler = connectToLoopback(port: port)
        defer { close(filler) }
        try await withTransport { transport in
            var time = Duration.milliseconds(400)
            var error = try await transport.failure("https://127.0.0.1:\(port)", within: time)
            // On a busy machine the deadline may pass before anything is done.
            while error.message.contains("before the call could begin"), time < .seconds(60) {
                time *= 4
                error = try await transport.failure("https://127.0.0.1:\(port)", within: time)
            }
            #expect(error.code == .deadlineExceeded)
            #expect(error.message.contains("while connecting"))
        }
    }

    @Test("One byte at a time does not outlive the deadline")
    func drip() async throws {
        let server = ScriptedServer { socket, server in
            _ = server.readRequest(socket)
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while socket.write("x"), !socket.isLeft(withinMilliseconds: 5) {}
        }
        defer { server.stop() }
        let reports = Reports()
        let error = try await withTransport {
            try await $0.observed(by: reports.add).failure(server.url, within: .milliseconds(400))
        }
        #expect(error.code == .deadlineExceeded)
        if reports.all.first?.status == 200 {
            #expect(error.message.contains("before the answer was complete"))
        }
    }

    @Test("A deadline that has passed sends nothing")
    func pastDeadline() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("late") }
        defer { server.stop() }
        let error = try await withTransport {
            try await $0.failure(server.url, within: .seconds(-1))
        }
        #expect(error.code == .deadlineExceeded)
        #expect(server.acceptedCount == 0)
    }

    @Test("Cancelling the task closes its connection at once and leaves the others alone")
    func cancellation() async throws {
        let server = ScriptedServer.answering { socket, request in
            if !request.contains("/silent") { socket.answer("ok") }
        }
        defer { server.stop() }
        try await withTransport { transport in
            _ = try await transport.get(server.url + "/before")
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let error = try? await transport.failure(server.url + "/silent")
                    #expect(error?.code == .cancelled)
                }
                await settle { server.requests.count >= 2 }
                group.cancelAll()
            }
            await settle { server.openCount == 0 }
            let count = await transport.onLoop { $0.wakeUpSourceCount }
            #expect(count == 0)
            _ = try await transport.get(server.url + "/after")
        }
    }

    @Test("A task cancelled beforehand sends nothing")
    func cancelledBeforehand() async throws {
        let server = ScriptedServer.answering { socket, _ in socket.answer("never") }
        defer { server.stop() }
        try await withTransport { transport in
            await withTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask {
                    let error = try? await transport.failure(server.url)
                    #expect(error?.code == .cancelled)
                }
            }
        }
        #expect(server.acceptedCount == 0)
    }
}
