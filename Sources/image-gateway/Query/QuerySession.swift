internal import EventLoops
internal import GatewayAPI
internal import JSONText
internal import MonotonicTime

/// One query from its first request to its closing line.
struct QuerySession {
    private let options: QueryOptions
    private let source: any QuerySource
    private let loop: EventLoop

    /// How often lists that are being read are looked at.
    private static let pause = Duration.milliseconds(100)

    init(_ options: QueryOptions, _ source: any QuerySource, loop: EventLoop) {
        self.options = options
        self.source = source
        self.loop = loop
    }

    func run() async -> Int32 {
        do throws(QueryFailure) {
            let first = try await firstPage()
            return try await write(first).rawValue
        } catch {
            for line in error.lines { Console.error("image-gateway query: \(line)") }
            return error.status.rawValue
        }
    }

    // MARK: The first page

    /// Asks, with progress beside it where somebody watches.
    private func firstPage() async throws(QueryFailure) -> AnswerPage {
        guard source.isLocal, !options.isQuiet, Terminal.isErrorTerminal else {
            return try await settledPage().get()
        }
        let progress = QueryProgress(source, loop: loop)
        let outcome = await withTaskGroup(of: Result<AnswerPage, QueryFailure>?.self) { group in
            group.addTask { await settledPage() }
            group.addTask {
                await progress.show()
                return nil
            }
            var outcome: Result<AnswerPage, QueryFailure>?
            while outcome == nil, let next = await group.next() { outcome = next }
            group.cancelAll()
            return outcome
        }
        progress.clear()
        return try (outcome ?? .failure(QueryFailure(lines: ["cancelled"]))).get()
    }

    /// Asks again until no list is being read any more, or the waiting ends.
    private func settledPage() async -> Result<AnswerPage, QueryFailure> {
        let end = MonotonicClock.now + options.wait
        while true {
            let outcome = await page(options.target(at: .now, until: end))
            guard MonotonicClock.now < end, mayGrow(outcome), await isLoading() else {
                return outcome
            }
            repeat {
                try? await loop.sleep(until: .now + Self.pause)
            } while await isLoading() && MonotonicClock.now < end
        }
    }

    private func mayGrow(_ outcome: Result<AnswerPage, QueryFailure>) -> Bool {
        switch outcome {
        case .success(let page): page.upstreams.contains(where: \.mayBeLoading)
        case .failure(let failure): failure.mayBeLoading
        }
    }

    private func isLoading() async -> Bool {
        await QueryProgress.standings(source).contains(where: \.isLoading)
    }

    private func page(_ target: ListTarget) async -> Result<AnswerPage, QueryFailure> {
        do throws(QueryFailure) {
            let (status, body) = try await source.get(target.text)
            guard status == 200 else { throw failure(status, body) }
            do throws(JSONError) {
                return .success(try AnswerPage(parsing: body))
            } catch {
                throw QueryFailure(lines: ["the answer is not one of a gateway: \(error)"])
            }
        } catch {
            return .failure(error)
        }
    }

    private func failure(_ status: Int, _ body: [UInt8]) -> QueryFailure {
        let report = ProblemReport(status: status, body: body)
        return QueryFailure(
            lines: report.lines,
            status: status == 400 ? .misunderstood : .failed,
            mayBeLoading: report.upstreams.contains(where: \.mayBeLoading)
        )
    }

    // MARK: Writing

    private func write(_ first: AnswerPage) async throws(QueryFailure) -> QueryStatus {
        var writer = AnswerWriter(options, isAlone: !followsFurther(first))
        var (page, isComplete) = (first, first.isComplete)
        var failure: QueryFailure?
        var visited: Set<String> = []
        try writer.write(page)
        while failure == nil, followsFurther(page), let cursor = page.nextCursor {
            guard visited.insert(cursor).inserted else {
                failure = QueryFailure(lines: ["next_cursor leads back to a page that was read"])
                break
            }
            var target = options.target
            target.set(.cursor, cursor)
            switch await self.page(target) {
            case .success(let next):
                page = next
                isComplete = isComplete && next.isComplete
                try writer.write(page)
            case .failure(let error): failure = error
            }
        }
        if !isComplete || failure != nil { page.markIncomplete() }
        try writer.finish(page)
        return report(page, shownCount: writer.imageCount, failure)
    }

    private func followsFurther(_ page: AnswerPage) -> Bool {
        options.followsCursor && page.nextCursor != nil
    }

    private func report(_ page: AnswerPage, shownCount: Int, _ failure: QueryFailure?)
        -> QueryStatus
    {
        let report = AnswerReport(shownCount: shownCount, page: page)
        if !options.isQuiet { Console.error(report.lines.joined(separator: "\n")) }
        for line in failure?.lines ?? [] { Console.error("image-gateway query: \(line)") }
        return report.isComplete ? .complete : .partial
    }
}
