internal import Catalogs
internal import Configuration
internal import EventLoops
internal import GatewayAPI
internal import Glibc
internal import MonotonicTime

/// What the command line of `image-gateway query` amounts to.
struct QueryOptions: Sendable {
    var target = ListTarget()
    var output = QueryOutput.table
    var followsCursor = false
    var isQuiet = false
    /// How long lists that are still being read are waited for. Zero: as long as one answer takes.
    var wait = Duration.zero
    private var place = Place.url(standardURL)
    private var caFile: String?

    static let standardURL = "http://127.0.0.1:8080"
    /// Page size where all pages are wanted and nobody says how large.
    private static let pageSizeForAll = 1_000
    /// The least that a question is given: enough to hand over what has been read.
    private static let questionMin = Duration.milliseconds(10)

    /// Where the answer comes from.
    private enum Place: Sendable {
        case file(String)
        case url(String)
        case demo(SimulatorSettings)
    }

    init(_ arguments: Arguments) throws(Arguments.Mistake) {
        followsCursor = arguments.has("all")
        isQuiet = arguments.has("quiet")
        caFile = arguments["ca-file"]
        place = try Self.place(arguments)
        output = try Self.output(arguments)
        try readFilters(arguments)
        try readWait(arguments)
        if followsCursor, target.values(.limit).isEmpty {
            target.set(.limit, String(Self.pageSizeForAll))
        }
    }

    private static func place(_ arguments: Arguments) throws(Arguments.Mistake) -> Place {
        let given = ["config", "url", "demo"].filter(arguments.has)
        guard given.count < 2 else {
            throw Arguments.Mistake(
                message: "--\(given[0]) and --\(given[1]) exclude each other"
            )
        }
        if let path = arguments["config"] { return .file(path) }
        if arguments.has("demo") { return .demo(try SimulatorSettings(arguments)) }
        let url = arguments["url"] ?? standardURL
        guard let base = GatewayURL.base(url) else {
            throw Arguments.Mistake(
                message:
                    "--url: not the base address of a gateway; write it like \(standardURL), without user, query or fragment"
            )
        }
        return .url(base)
    }

    private static func output(_ arguments: Arguments) throws(Arguments.Mistake) -> QueryOutput {
        guard let text = arguments["output"] else { return .table }
        if let output = QueryOutput(rawValue: text) { return output }
        let known = QueryOutput.allCases.map(\.rawValue)
        let close = Likeness.closest(to: text, among: known).map { "did you mean '\($0)'?" }
        throw Arguments.Mistake(
            message:
                "--output '\(text)' is not a form; \(close ?? "use \(known.joined(separator: ", "))")"
        )
    }

    private mutating func readFilters(_ arguments: Arguments) throws(Arguments.Mistake) {
        for parameter in ListParameter.allCases {
            let name = String(parameter.rawValue.map { $0 == "_" ? "-" : $0 })
            for value in arguments.all(name) { target.add(parameter.rawValue, value) }
        }
        for word in arguments.words {
            guard let sign = word.firstIndex(of: "="), sign != word.startIndex else {
                throw Arguments.Mistake(
                    message: "'\(word)' is not NAME=VALUE; to search for it write q='\(word)'"
                )
            }
            target.add(String(word[..<sign]), String(word[word.index(after: sign)...]))
        }
    }

    private mutating func readWait(_ arguments: Arguments) throws(Arguments.Mistake) {
        // Nobody stays to come back later where this process asks the upstreams itself.
        var standard = Duration.seconds(60)
        if case .url = place { standard = .zero }
        if !target.values(.deadline).isEmpty { standard = .zero }
        wait = try arguments.duration("wait", default: standard)
    }

    /// The question as it is asked at `now`. Whoever answers waits no longer than until `end` either, unless a deadline
    /// was named.
    func target(at now: MonotonicClock.Instant, until end: MonotonicClock.Instant) -> ListTarget {
        guard wait > .zero, target.values(.deadline).isEmpty else { return target }
        let remaining = max(now.duration(to: end), Self.questionMin)
        var target = target
        target.set(.deadline, DurationText.text(of: remaining))
        return target
    }

    /// The members asked for, in that order; `nil` where the question does not name any, or wrong ones.
    var fields: [FieldSelection.Member]? {
        let words = target.values(.fields).flatMap { $0.split(separator: ",") }
        let named = words.compactMap { FieldSelection.Member(rawValue: $0.filter { $0 != " " }) }
        guard !named.isEmpty else { return nil }
        var seen: Set<FieldSelection.Member> = []
        let distinct = named.filter { seen.insert($0).inserted }
        return distinct.contains(.id) ? distinct : [.id] + distinct
    }

    func makeSource(on threads: Threads) throws -> any QuerySource {
        switch place {
        case .file(let path):
            // Warnings are for who runs a server; `check` shows them.
            let loaded = ConfigurationFile.loader.load(path: path)
            return try InProcessSource(loaded, threads: threads)
        case .demo(let settings): return try InProcessSource(simulating: settings, threads: threads)
        case .url(let base):
            let key = getenv("IMAGE_GATEWAY_KEY").map { String(cString: $0) }
            return try RemoteSource(
                base: base,
                key: key,
                authorities: caFile.map(ConfigurationFiles.authorities),
                on: threads.main
            )
        }
    }
}
