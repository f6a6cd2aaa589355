import Caching
import Catalogs
import ImageModel
import MonotonicTime
import Synchronization
import TestKit
import Testing
import Upstreams

@testable import Federation

/// Lists of one short page: of a changed one only what changed is read, and where the caller runs.
@Suite struct ShortListTests {
    /// A list as text, a line for each image.
    final class Lines: Sendable {
        let state = Mutex(State())

        struct State {
            var lines: [String] = []
            /// What stands around the list, and differs each time.
            var answerCount = 0
            var linesRead = 0
            /// A page has more lines than that in none of its answers.
            var pageSize = Int.max
        }

        init(_ lines: [String]) { state.withLock { $0.lines = lines } }

        /// What `body` made the upstream's readers read.
        func linesRead(_ body: () async throws -> Void) async throws -> Int {
            let before = state.withLock { $0.linesRead }
            try await body()
            return state.withLock { $0.linesRead } - before
        }
    }

    struct LineTransport: UpstreamTransport {
        let lines: Lines

        func send(
            _ request: UpstreamRequest,
            policy: TransportPolicy,
            deadline: MonotonicClock.Instant,
            hedge: Hedge?
        ) async throws(UpstreamError) -> UpstreamResponse {
            let offset = Int(request.url.split(separator: "=").last ?? "") ?? 0
            let text = lines.state.withLock { state in
                state.answerCount += 1
                let page = state.lines.dropFirst(offset).prefix(state.pageSize)
                let isLast = offset + page.count == state.lines.count
                let head = "\(state.answerCount) \(isLast ? "end" : "more")"
                return ([head] + page).joined(separator: "\n")
            }
            return UpstreamResponse(status: 200, body: Array(text.utf8))
        }
    }

    struct LineAdapter: ProviderAdapter {
        static let descriptor = FakeAdapter.descriptor
        let lines: Lines

        init(settings: UpstreamSettings) throws(UpstreamError) { lines = Lines([]) }
        init(_ lines: Lines) { self.lines = lines }

        var session: (any SessionAuthentication)? { nil }
        func pushdown(for query: ImageQuery) -> Pushdown? { nil }

        func pageRequest(
            at position: PagePosition,
            pushdown: Pushdown?,
            session: Session?,
            date: Timestamp
        ) throws(UpstreamError) -> UpstreamRequest {
            let offset = if case .offset(let offset) = position { offset } else { 0 }
            return UpstreamRequest(url: "fake://list?offset=\(offset)")
        }

        func decodePage(
            _ response: UpstreamResponse,
            at position: PagePosition
        ) throws(UpstreamError) -> ListPage {
            let known = response.known.map { page in page.objects.map { page.body[$0] } } ?? []
            var (page, next) = (ListPage(images: []), 0)
            let isNoted = response.body.count <= KnownPage.byteCountMax
            for line in response.body.split(separator: 0x0A, omittingEmptySubsequences: false) {
                if line.startIndex == 0 { continue }
                var content = ListObject.Content.images(1)
                if let number = known[next...].firstIndex(where: { $0.elementsEqual(line) }) {
                    content = .known(number)
                    next = number + 1
                } else {
                    page.images.append(ShortListTests.image(String(decoding: line, as: UTF8.self)))
                }
                guard isNoted else { continue }
                page.objects.append(ListObject(range: line.indices, content: content))
            }
            lines.state.withLock { $0.linesRead += page.images.count }
            let begin = if case .offset(let begin) = position { begin } else { 0 }
            let head = String(decoding: response.body.prefix { $0 != 0x0A }, as: UTF8.self)
            if head.hasSuffix("more") {
                page.next = .offset(begin + max(page.objects.count, page.images.count))
            }
            return page
        }
    }

    /// `id name`.
    static func image(_ line: String) -> Image {
        let words = line.split(separator: " ")
        var image = Image(
            provider: "fake",
            region: "r1",
            nativeID: String(words.first ?? ""),
            name: String(words.last ?? "")
        )
        image.raw = Array("\"\(line)\"".utf8)
        image.createdAt = Timestamp(seconds: Int64(1_700_000_000 + line.utf8.count % 7))
        return image
    }

    private static func lines(_ range: Range<Int>) -> [String] {
        range.map { "img-\($0) name-\($0 % 11)" }
    }

    /// More bytes than a page has that is remembered.
    private static let longLines = (0..<1_500).map { index in
        "img-\(index) " + String(repeating: "n", count: KnownPage.byteCountMax / 1_500)
    }

    /// Hands its jobs to the global executor and counts them.
    final class CountingExecutor: TaskExecutor, Sendable {
        let jobCount = Atomic(0)

        func enqueue(_ job: consuming ExecutorJob) {
            jobCount.add(1, ordering: .relaxed)
            globalConcurrentExecutor.enqueue(job)
        }
    }

    private func node(
        _ lines: Lines,
        _ timekeeper: Fixture.ManualTimekeeper = Fixture.ManualTimekeeper(),
        nearby: @escaping @Sendable () -> (any TaskExecutor)? = { nil }
    ) -> UpstreamNode {
        UpstreamNode(
            settings: UpstreamSettings(
                id: "up",
                provider: "fake",
                region: "r1",
                endpoint: "fake://cloud"
            ),
            policy: UpstreamPolicy(ttl: .zero, staleWhileRevalidate: .zero, retries: 0),
            adapter: LineAdapter(lines),
            environment: WalkEnvironment(
                transport: LineTransport(lines: lines),
                timekeeper: timekeeper,
                nearby: nearby,
                seed: 1
            ),
            publications: Publications()
        )
    }

    private func snapshot(_ node: UpstreamNode) async throws -> Snapshot {
        let asking = Federation.Asking(
            Fixture.request(),
            until: .now + .seconds(60),
            Fixture.ManualTimekeeper()
        )
        let contribution = await node.part(asking).contribution
        #expect(contribution.state == .fresh)
        return try #require(contribution.list).snapshot
    }

    private func whole(_ lines: Lines) -> Snapshot {
        var builder = SnapshotBuilder(upstream: "up")
        for line in lines.state.withLock({ $0.lines }) { builder.append(Self.image(line)) }
        return builder.finish()
    }

    @Test("An answer that differs around its list only leaves the published list as it is")
    func unchanged() async throws {
        let lines = Lines(Self.lines(0..<25))
        let node = node(lines)
        let first = try await snapshot(node)
        let read = try await lines.linesRead {
            for _ in 0..<3 {
                let again = try await snapshot(node)
                #expect(again === first)
            }
        }
        #expect(read == 0)
    }

    @Test("Of a changed list the changed image is read")
    func oneImage() async throws {
        let lines = Lines(Self.lines(0..<25))
        let node = node(lines)
        _ = try await snapshot(node)
        for index in [0, 12, 24, 12] {
            let read = try await lines.linesRead {
                lines.state.withLock { $0.lines[index] += "x" }
                let snapshot = try await snapshot(node)
                #expect(snapshot.images() == whole(lines).images())
            }
            #expect(read == 1)
        }
    }

    @Test("After any changes the list is the upstream's", arguments: 1...16)
    func anyChange(seed: Int) async throws {
        var random = SplitMix(seed: UInt64(seed))
        let lines = Lines(Self.lines(0..<30))
        let node = node(lines)
        for round in 0..<40 {
            lines.state.withLock { Self.change(&$0.lines, round, &random) }
            let (snapshot, expected) = (try await snapshot(node), whole(lines))
            #expect(snapshot.fingerprint == expected.fingerprint)
            #expect(snapshot.images() == expected.images())
        }
    }

    private static func change(_ lines: inout [String], _ round: Int, _ random: inout SplitMix) {
        let index = Int(random.next() % UInt64(lines.count))
        switch random.next() % 7 {
        case 0: lines.remove(at: index)
        case 1: lines.insert("new-\(round) name-\(round % 5)", at: index)
        case 2: lines[index] += "x"
        case 3: lines.swapAt(index, 0)
        // The same id twice: the first counts.
        case 4: lines.insert(lines[index] + "y", at: index)
        case 5: lines.append(lines[index])
        default: lines.shuffle(using: &random)
        }
        if lines.isEmpty { lines = ["only one"] }
    }

    @Test(
        "A list that gets a second page, or a long one, is read whole, and again once it is short"
    )
    func growing() async throws {
        let lines = Lines(Self.lines(0..<25))
        let node = node(lines)
        _ = try await snapshot(node)
        let short = Self.lines(0..<25)
        let lists = [Self.lines(0..<60), short, Self.longLines, short, Self.lines(0..<26)]
        for (list, pageSize) in zip(lists, [40, 40, .max, .max, .max]) {
            lines.state.withLock { $0.lines = list }
            lines.state.withLock { $0.pageSize = pageSize }
            #expect(try await snapshot(node).images() == whole(lines).images())
        }
    }

    @Test("Members of images that are not read again have not vanished")
    func census() async throws {
        let full = (0..<20).map { "{\"id\":\($0),\"size\":1} name" }
        let lines = Lines(full)
        let timekeeper = Fixture.ManualTimekeeper()
        let node = node(lines, timekeeper)
        func drift(_ list: [String]) async throws -> [String: Int] {
            lines.state.withLock { $0.lines = list }
            _ = try await snapshot(node)
            timekeeper.time.advance(by: .seconds(10))
            return node.status(now: timekeeper.now).drift
        }
        // Four objects are looked at each time.
        for round in 0..<4 { #expect(try await drift(["\(full[0])\(round)"] + full[1...]) == [:]) }
        let less = (0..<20).map { "{\"id\":\($0)} name" }
        #expect(try await drift([full[0]] + less[1...4] + full[5...]) == [:])
        #expect(try await drift(less) == ["vanished:size": 1])
    }

    @Test("A short list is read where the caller runs, a long one is not")
    func place() async throws {
        let lines = Lines(Self.lines(0..<25))
        let executor = CountingExecutor()
        let node = node(lines, nearby: { executor })
        func jobs() async throws -> Int {
            let before = executor.jobCount.load(ordering: .relaxed)
            _ = try await snapshot(node)
            return executor.jobCount.load(ordering: .relaxed) - before
        }
        // Nobody knows yet that it is short.
        #expect(try await jobs() == 0)
        #expect(try await jobs() > 0)
        lines.state.withLock { $0.lines = Self.longLines }
        _ = try await jobs()
        #expect(try await jobs() == 0)
    }
}
