internal import Configuration
internal import EventLoops
internal import Glibc

/// `image-gateway top`
enum TopCommand {
    static var command: Command {
        Command(
            name: "top",
            summary: "a live view of a running gateway: upstreams, rates, ages",
            usage: "[--admin URL] [--interval 2s] [--once]",
            flags: [
                .init("admin", "URL", "the gateway's admin port (default \(standardURL))"),
                .init("interval", "TIME", "from one look to the next, 200ms at least (default 2s)"),
                .init(
                    "once",
                    nil,
                    "print one frame, with rates since the gateway's start, and end"
                ),
                .init("ca-file", "FILE", "authorities to trust instead of the system's (PEM)"),
            ],
            notes: """
                q ends it. The admin key comes from the environment, IMAGE_GATEWAY_ADMIN_KEY.
                Where standard output is no terminal, one frame is printed, without escapes.

                p50 and p99 are read from histograms: within a bucket they are reckoned, not known.

                Exit status: 0, 1 where the gateway does not answer, 2 not understood.
                """,
            run: run
        )
    }

    private static let standardURL = "http://127.0.0.1:8081"

    private static func run(_ arguments: Arguments) throws(Arguments.Mistake) -> Int32 {
        guard let base = GatewayURL.base(arguments["admin"] ?? standardURL) else {
            throw Arguments.Mistake(
                message:
                    "--admin: not the address of an admin port; write it like \(standardURL), without user, query or fragment"
            )
        }
        let period = try arguments.duration("interval", default: .seconds(2))
        guard period >= .milliseconds(200), period <= .seconds(3_600) else {
            throw Arguments.Mistake(message: "--interval is not within 200ms and 1h")
        }
        let isOnce = arguments.has("once") || !Terminal.isOutputTerminal
        if !isOnce { Signals.block(TopSession.signals) }
        let key = getenv("IMAGE_GATEWAY_ADMIN_KEY").map { String(cString: $0) }
        do {
            let threads = try Threads(count: 0)
            let source = try TopSource(
                base: base,
                key: key,
                authorities: arguments["ca-file"].map(ConfigurationFiles.authorities),
                on: threads.main
            )
            return threads.run {
                if isOnce { return await once(source, base) }
                let session = TopSession(
                    source,
                    address: base,
                    period: period,
                    loop: threads.main
                )
                return await session.run()
            }
        } catch {
            Console.error("image-gateway top: \(error)")
            return 1
        }
    }

    private static func once(_ source: TopSource, _ base: String) async -> Int32 {
        do throws(QueryFailure) {
            let interval = TopInterval(earlier: nil, later: try await source.read())
            let frame = TopFrame(interval, address: base, width: Terminal.width)
            let isTerminal = Terminal.isOutputTerminal
            let lines = frame.lines.map { isTerminal ? Screen.styled($0) : $0.text }
            try StandardOutput.write(Array((lines.joined(separator: "\n") + "\n").utf8))
            return 0
        } catch {
            for line in error.lines { Console.error("image-gateway top: \(line)") }
            return 1
        }
    }
}
