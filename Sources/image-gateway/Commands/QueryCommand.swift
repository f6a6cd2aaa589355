internal import Configuration
internal import GatewayAPI
internal import Glibc

/// `image-gateway query`
enum QueryCommand {
    static var command: Command {
        Command(
            name: "query",
            summary: "one query, without a running server or against one",
            usage:
                "[FILTERS] [--config FILE | --url URL | --demo] [--output table|json|csv|ids] [--all]",
            flags: ownFlags + filterFlags,
            takesWords: true,
            notes: notes,
            run: run
        )
    }

    private static var ownFlags: [Command.Flag] {
        [
            .init("config", "FILE", "ask the upstreams of this configuration, without a server"),
            .init(
                "url",
                "URL",
                "ask a gateway by its base address (default \(QueryOptions.standardURL))"
            ),
            .init("demo", nil, "ask built-in simulators of all providers"),
            .init("output", "FORM", "table (default), json, csv or ids"),
            .init("all", nil, "every page, not the first one alone"),
            .init(
                "wait",
                "TIME",
                "how long to wait for lists that are still being read; 0s: as long as the gateway does (default 60s; with --url 0s)"
            ),
            .init(
                "ca-file",
                "FILE",
                "authorities to trust for --url instead of the system's (PEM)"
            ),
            .init("quiet", nil, "no progress and no closing line on standard error"),
        ]
    }

    /// Every one may be repeated: what the API does not allow, the API says itself.
    private static var filterFlags: [Command.Flag] {
        ListParameter.allCases.map { parameter in
            let name = String(parameter.rawValue.map { $0 == "_" ? "-" : $0 })
            return .init(name, "X", parameter.summary, isRepeatable: true)
        }
    }

    private static let notes = """
        Filters may be words, too: image-gateway query os_distribution=ubuntu os_version=22.04
        A filter holds for any of its values: repeat it or separate them by commas. Hyphens and
        underscores in names are equal.

        With --all, --limit is the size of the pages asked for. --deadline ends the waiting, too.
        A client key for --url comes from the environment, IMAGE_GATEWAY_KEY.

        table fits the terminal and makes control characters visible. csv holds the exact values (RFC
        4180): import texts as text, or a spreadsheet may take one that begins with = + - @ for a
        formula. json is the API's answer, with --all its images in one list. ids is one id a line.

        Exit status: 0 complete, 3 something is missing (standard error says what and why),
        1 no answer, 2 not understood.
        """

    private static func run(_ arguments: Arguments) throws(Arguments.Mistake) -> Int32 {
        let options = try QueryOptions(arguments)
        do {
            // Upstream calls and the queries run on the main loop; nothing is served.
            let threads = try Threads(count: 0)
            let source = try options.makeSource(on: threads)
            return threads.run { await QuerySession(options, source, loop: threads.main).run() }
        } catch let error as QueryFailure {
            for line in error.lines { Console.error("image-gateway query: \(line)") }
        } catch {
            Console.error("image-gateway query: \(error)")
        }
        return QueryStatus.failed.rawValue
    }
}
