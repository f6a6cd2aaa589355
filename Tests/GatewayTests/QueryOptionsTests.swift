import GatewayAPI
import MonotonicTime
import Testing

@testable import image_gateway

/// What the flags of `image-gateway query` come to.
struct QueryOptionsTests {
    private let now = MonotonicClock.now

    /// The deadlines that a question has, asked so long before the waiting ends.
    private func deadlines(_ words: [String], _ remaining: Duration) throws -> [String] {
        let options = try QueryOptions(Arguments(words, for: QueryCommand.command))
        return options.target(at: now, until: now + remaining).values(.deadline)
    }

    @Test("Nobody waits longer than --wait says, for the answers themselves either")
    func wait() throws {
        #expect(try deadlines(["--wait", "300ms"], .milliseconds(300)) == ["300ms"])
        #expect(try deadlines(["--wait", "3s"], .milliseconds(1_200)) == ["1200ms"])
        #expect(try deadlines(["--demo"], .seconds(60)) == ["1m"])
    }

    @Test("Once the waiting has ended a question takes what has been read by then")
    func end() throws {
        #expect(try deadlines(["--wait", "3s"], .zero) == ["10ms"])
        #expect(try deadlines(["--wait", "3s"], .seconds(-5)) == ["10ms"])
    }

    @Test("Without a wait, and with a deadline, the question stays as it is")
    func unchanged() throws {
        #expect(try deadlines([], .zero) == [])
        #expect(try deadlines(["--demo", "--wait", "0s"], .zero) == [])
        #expect(try deadlines(["--demo", "--deadline", "500ms"], .zero) == ["500ms"])
        #expect(try deadlines(["--wait=9s", "--deadline=500ms"], .seconds(9)) == ["500ms"])
    }
}
