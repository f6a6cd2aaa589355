import EventLoops
import ImageModel
import JSONText
import Testing

@testable import GatewayAPI
@testable import Observability
@testable import image_gateway

@Suite struct AccessLogTests {
    @Test("Each line has its own time, whatever of it the line before had in common")
    func times() async throws {
        let microseconds: [Int64] = [
            1_767_323_045_678_999, 1_767_323_045_678_999, 1_767_323_045_679_000,
            1_767_323_045_999_999, 1_767_323_046_000_000, 1_767_323_045_001_000,
        ]
        let lines = try await lines(microseconds.map { record(at: $0) })
        let times = try lines.map {
            try JSONValue(parsing: Array($0.utf8)).objectValue?.first?.value.stringValue
        }
        #expect(
            times == [
                "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.678Z", "2026-01-02T03:04:05.679Z",
                "2026-01-02T03:04:05.999Z", "2026-01-02T03:04:06.000Z", "2026-01-02T03:04:05.001Z",
            ]
        )
    }

    @Test("A line of a target with nothing to hide is the same, known for that or not")
    func plain() async throws {
        let text = """
            {"time":"2026-01-02T03:04:05.006Z","request_id":"0000000000000001-000000000002",\
            "client":"portal","peer":"127.0.0.1","method":"GET","target":"/v1/images?limit=2",\
            "status":200,"bytes":1234,"duration_us":12,"temperature":"hot"}
            """
        let moment: Int64 = 1_767_323_045_006_000
        let found = try await lines([
            record(at: moment, isTargetPlain: true), record(at: moment, isTargetPlain: nil),
            record(at: moment, isTargetPlain: false),
        ])
        #expect(found == [text, text, text])
    }

    @Test(
        "What is not known to be harmless is in no line; the list's parameters are",
        arguments: [
            ("?limit=1?token=PLANTED&q=a", "?limit=1[redacted]&q=a"),
            ("%3Ftoken=PLANTED", "[redacted]"), ("?token:PLANTED", "?[redacted]"),
            ("?PLANTED&os_family=linux", "?[redacted]&os_family=linux"),
            (";token=PLANTED?limit=1", "[redacted]?limit=1"), ("&token=PLANTED", "[redacted]"),
            ("?SAMLResponse=PLANTED&explain", "?SAMLResponse=[redacted]&explain"),
            (
                "?\(ListParameter.allCases.map { "\($0.rawValue)=x" }.joined(separator: "&"))",
                "?\(ListParameter.allCases.map { "\($0.rawValue)=x" }.joined(separator: "&"))"
            ),
        ]
    )
    func planted(rest: String, shown: String) async throws {
        let line = try #require(
            try await lines([record(at: 0, isTargetPlain: nil)], target: "/v1/images\(rest)").first
        )
        let record = try JSONValue(parsing: Array(line.utf8))
        #expect(record["target"]?.stringValue == "/v1/images\(shown)")
        #expect(!line.contains("PLANTED"))
    }

    @Test(
        "Values are shown where the route reads them, and only once it has and refused none",
        arguments: Route.allCases,
        [200, 304, 400, 401, 404, 405, 429, 499, 502, 503, 504]
    )
    func values(route: Route, status: Int) async throws {
        let entry = Entry(microseconds: 0, isTargetPlain: nil, status: status, route: route)
        let line = try #require(try await lines([entry], target: "/?limit=P1;pw=P2&sort=P3").first)
        let isRead = [200, 304, 404, 502, 504].contains(status)
        let isShown = isRead && [.list, .image].contains(route)
        let shown = isShown ? "limit=P1;pw=P2&sort=P3" : "limit=[redacted]&sort=[redacted]"
        #expect(line.contains("\"target\":\"/?\(shown)\","))
    }

    @Test(
        "A method that is none of HTTP's is not repeated",
        arguments: [
            "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "get",
            "PLANTED", "GETX", "",
        ]
    )
    func methods(method: String) async throws {
        let shown = method.count > 2 && !["get", "PLANTED", "GETX"].contains(method)
        for isTargetPlain in [true, false] {
            let entry = Entry(microseconds: 0, isTargetPlain: isTargetPlain, method: method)
            let line = try #require(try await lines([entry]).first)
            #expect(line.contains("\"method\":\"\(shown ? method : "_OTHER")\","))
        }
    }

    private struct Entry: Sendable {
        let microseconds: Int64
        let isTargetPlain: Bool?
        var method = "GET"
        var status = 200
        var route = Route.list

        var record: RequestRecord {
            RequestRecord(
                requestID: RequestID(seed: 1, count: 2),
                date: Timestamp(microseconds: microseconds),
                method: RequestMethod(method),
                status: status,
                byteCount: 1_234,
                duration: .nanoseconds(12_999),
                temperature: .hot,
                route: route,
                problem: nil,
                traceID: nil,
                isTargetPlain: isTargetPlain
            )
        }
    }

    private func record(at microseconds: Int64, isTargetPlain: Bool? = true) -> Entry {
        Entry(microseconds: microseconds, isTargetPlain: isTargetPlain)
    }

    /// What a log writes of these, all answered in one turn of its loop.
    private func lines(
        _ entries: [Entry],
        target: String = "/v1/images?limit=2"
    ) async throws -> [String] {
        let pipe = LogPipe()
        let loop = try EventLoop()
        // Never runs: lines are written when `flush` says so.
        let writer = LogWriter(descriptor: pipe.writer, loop: try EventLoop())
        let log = AccessLog(loop: loop, writer: writer, isEnabled: true)
        let thread = loop.start(name: "access-log")
        loop.submit {
            for entry in entries {
                log.answered(
                    entry.record,
                    client: "portal",
                    peer: "127.0.0.1",
                    target: target.utf8.span
                )
            }
        }
        await log.finish()
        loop.stop()
        thread.join()
        writer.flush()
        _ = try pipe.line(with: "time")
        return pipe.text.split(separator: "\n").map(String.init)
    }
}
