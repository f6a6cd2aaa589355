import EventLoops
import Glibc
import MonotonicTime
import TestKit
import Testing

@testable import image_gateway

@Suite struct LogEndTests {
    private static let lineCount = 20_000
    private static let lines = [UInt8](
        String(repeating: String(repeating: "x", count: 99) + "\n", count: lineCount).utf8
    )

    /// A log with more lines in it than pipes have room for, and an event behind them.
    private func full(events: Int32, access: Int32, silenceMax: Duration) throws -> ProcessLog {
        let log = try ProcessLog(events: events, access: access, silenceMax: silenceMax)
        log.makeAccessWriter().write(Self.lines)
        log.event("info", "stopped")
        return log
    }

    private func finish(_ log: ProcessLog, by deadline: MonotonicClock.Instant) async throws {
        let loop = try EventLoop()
        let thread = loop.start(name: "log-end")
        await log.finish(by: deadline, on: loop)
        loop.stop()
        thread.join()
    }

    @Test("An access log that nobody reads holds no end up; events go out, with what was lost")
    func unreadAccess() async throws {
        let (events, access) = (LogPipe(), LogPipe())
        let log = try full(
            events: events.writer,
            access: access.writer,
            silenceMax: .milliseconds(1)
        )
        try await finish(log, by: .now)
        _ = try events.line(with: "stopped")
        let words = try events.line(with: "log lines were not written").split(separator: " ")
        let lost = try #require(Int(words[2]))
        // A pipe has room for some.
        #expect(0 < lost && lost < Self.lineCount)
    }

    @Test("Where nobody reads events either, the end comes all the same", arguments: [true, false])
    func unread(hasLoop: Bool) async throws {
        let pipe = LogPipe()
        let log = try full(
            events: pipe.writer,
            access: pipe.writer,
            silenceMax: .milliseconds(1)
        )
        if hasLoop { try await finish(log, by: .now) } else { log.finish() }
        withExtendedLifetime(pipe) {}
    }

    @Test("Where somebody takes them, the end waits until every line is written")
    func taken() async throws {
        let folder = TemporaryFolder()
        let path = folder.file("log")
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        let log = try full(events: file, access: file, silenceMax: .seconds(300))
        try await finish(log, by: .now)
        let text = String(decoding: try SourceFile.bytes(of: path), as: UTF8.self)
        let written = text.split(separator: "\n")
        #expect(written.count == Self.lineCount + 1)
        #expect(written.count { $0.hasSuffix(" info stopped") } == 1)
    }

    @Test("Patience ends at the deadline, and earlier when nothing has gone out for a while")
    func patience() {
        /// Bytes that have gone out after so many milliseconds, and when that is the end.
        func end(_ deadline: Duration, _ written: [(milliseconds: Int, byteCount: Int)]) -> Int? {
            let start = MonotonicClock.Instant(nanoseconds: 0)
            var patience = LogPatience(
                until: start + deadline,
                silenceMax: .seconds(1),
                writtenByteCount: 7,
                now: start
            )
            for (milliseconds, byteCount) in written {
                let now = start + .milliseconds(milliseconds)
                if patience.ends(writtenByteCount: byteCount, now: now) { return milliseconds }
            }
            return nil
        }
        #expect(end(.seconds(9), [(999, 7), (1_000, 7)]) == 1_000)
        #expect(end(.seconds(9), [(999, 8), (1_998, 8), (1_999, 8)]) == 1_999)
        #expect(end(.seconds(3), [(999, 8), (1_998, 9), (2_997, 10), (3_000, 11)]) == 3_000)
        // A deadline that is past leaves whoever reads a moment.
        #expect(end(.seconds(-1), [(999, 8), (1_000, 9)]) == 1_000)
    }
}
