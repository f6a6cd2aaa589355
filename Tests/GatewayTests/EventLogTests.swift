import Configuration
import GatewayAPI
import HTTPWire
import JSONText
import TestKit
import Testing

@testable import image_gateway

@Suite struct EventLogTests {
    @Test("Events are objects where log.format says so, and lines again where it does not")
    func format() throws {
        let pipe = LogPipe()
        let log = try ProcessLog(events: pipe.writer, access: pipe.writer)
        log.follow(LogConfiguration(format: .json))
        log.event("info", "listening on \"x\"\n\u{1B}")
        let event = try JSONValue(parsing: Array(try pipe.line(with: "listening").utf8))
        #expect(event.objectValue?.map(\.key) == ["time", "level", "message"])
        #expect(event["level"]?.stringValue == "info")
        #expect(event["message"]?.stringValue == "listening on \"x\"\n\u{1B}")
        log.follow(LogConfiguration())
        log.event("info", "plain")
        #expect(try pipe.line(with: "plain").hasSuffix(" info plain"))
    }

    @Test("What a new configuration is warned of stands in the log, as an event")
    func warnings() async throws {
        let pipe = LogPipe()
        let log = try ProcessLog(events: pipe.writer, access: pipe.writer)
        let text = """
            upstreams: [{ id: "down", provider: "gmi", endpoint: "http://127.0.0.1:1",
                          credentials: { token: "x" }, enabled: false }]
            """
        let gateway = try TestGateway(log: log, text)
        let folder = TemporaryFolder()
        let path = folder.file("gateway.json5")
        try KeyFile.write("{ log: { format: \"json\" }, \(text) }", path)
        let control = GatewayControl(gateway: gateway.gateway, threads: gateway.threads, log: log) {
            ConfigurationFile.read(path)
        }
        guard case .reloaded(let change) = await control.reload() else {
            Issue.record("it was refused")
            return
        }
        #expect(change.contains("log"))
        let line = try pipe.line(with: "switched off")
        #expect(
            try JSONValue(parsing: Array(line.utf8))["level"]?.stringValue == "warning",
            "\(line)"
        )
    }

    @Test("A request's record names its trace, and the trace alone is added")
    func traceID() async throws {
        let access = LogPipe()
        let log = try ProcessLog(events: access.writer, access: access.writer)
        let gateway = try TestGateway(
            log: log,
            """
            upstreams: [{ id: "down", provider: "gmi", endpoint: "http://127.0.0.1:1",
                          credentials: { token: "x" } }]
            """
        )
        let responder = gateway.gateway.makeResponder(on: gateway.threads.serving[0], access: true)
        let id = "4bf92f3577b34da6a3ce929d0e0e4736"
        // A target that may stand as it is, and one that may not.
        for target in ["/v1/upstreams", "/v1/upstreams?api_key=x"] {
            let request = HTTPRequest(
                target: target,
                fields: [HTTPField("traceparent", "00-\(id)-00f067aa0ba902b7-00")]
            )
            _ = await withTaskExecutorPreference(gateway.threads.serving[0]) {
                await responder.respond(to: request).joined()
            }
        }
        let lines = [
            try access.line(with: "\"/v1/upstreams\""), try access.line(with: "redacted"),
        ]
        for line in lines {
            let record = try JSONValue(parsing: Array(line.utf8))
            #expect(record["trace_id"]?.stringValue == id)
            #expect(record.objectValue?.last?.key == "trace_id")
        }
    }
}
