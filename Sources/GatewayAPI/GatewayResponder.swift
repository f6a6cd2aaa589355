internal import Caching
internal import Federation
public import HTTPWire
internal import ImageModel
public import Observability
internal import Synchronization
public import Upstreams

/// Answers the public port on one loop.
///
/// Ownership: one instance per loop; the server calls it on that loop's thread alone, so the response cache,
/// the scratch buffers and the counter of request ids need no lock. Only `replace` comes from elsewhere: it
/// leaves the new service in a mailbox that the loop looks into when the number of replacements has moved.
///
/// `answerAtOnce` is the path that most requests take: hot ones touch no memory that another loop writes.
public final class GatewayResponder: Responder, @unchecked Sendable {
    // Invariant: touched on the loop's own thread only, as the server guarantees; nothing called during an
    // access comes back here, so the run-time checks for that would only cost.
    @exclusivity(unchecked) private(set) var service: GatewayService
    @exclusivity(unchecked) private var cache: ResponseCache<HotAnswer>
    @exclusivity(unchecked) private var callers = KnownCallers()
    /// Whole heads whose answers were found in the cache before.
    @exclusivity(unchecked) private var heads = RecentKeys<KnownHead>()
    @exclusivity(unchecked) private var question: [UInt8] = []
    /// A warm answer on its way out. Its room is used again and stays in the processor's caches.
    @exclusivity(unchecked) private var answer: [UInt8] = []
    /// Both clocks, read at one moment.
    @exclusivity(unchecked) private var clock: (now: ContinuousClock.Instant, date: Timestamp)
    @exclusivity(unchecked) private var seenReplacements: UInt64 = 0
    @exclusivity(unchecked) private var requestIDs: RequestIDGenerator

    /// Larger answers give their room back.
    private static let answerBytesKept = 256 << 10

    private static let reckonedMax = Duration.milliseconds(50)

    private let mailbox = Mutex<GatewayService?>(nil)
    private let replacements = Atomic<UInt64>(0)
    let timekeeper: any Timekeeper
    let observer: any RequestObserver

    public init(
        service: GatewayService,
        timekeeper: any Timekeeper,
        requestIDs: RequestIDGenerator,
        observer: any RequestObserver
    ) {
        self.service = service
        self.timekeeper = timekeeper
        self.requestIDs = requestIDs
        self.observer = observer
        clock = (timekeeper.now, timekeeper.date)
        cache = ResponseCache(bytesMax: service.responseBytesMax)
    }

    /// Answers from the next request on come from `service`. From any thread.
    public func replace(_ service: GatewayService) {
        mailbox.withLock { $0 = service }
        replacements.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    func takeReplacement() {
        let count = replacements.load(ordering: .acquiring)
        guard count != seenReplacements else { return }
        seenReplacements = count
        guard let service = mailbox.withLock({ $0 }) else { return }
        self.service = service
        cache = ResponseCache(bytesMax: service.responseBytesMax)
        callers = KnownCallers()
        heads = RecentKeys()
    }

    func nextRequestID() -> RequestID { requestIDs.next() }

    // MARK: At once

    public func answerAtOnce(_ head: borrowing RequestHead, _ send: (Span<UInt8>) -> Void) -> Bool {
        guard let wishes = PlainWishes(head) else { return false }
        takeReplacement()
        let begin = timekeeper.now
        guard let caller = caller(of: head, wishes) else { return false }
        fillQuestion(head, caller, wishes)
        if let place = cache.place(of: question) {
            let known = KnownHead(place: place, caller: caller, target: head.target)
            let isSent = head.withTarget { sendHot(known, $0, head.peer, begin, send) }
            if isSent {
                remember(head, known)
                return true
            }
        }
        return sendWarm(head, caller, wishes, begin, send)
    }

    public func answerAgain(
        _ bytes: Span<UInt8>,
        _ peer: HTTPPeer,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        takeReplacement()
        return heads.withValue(of: bytes) { known in
            sendHot(known, bytes.extracting(known.target), peer, timekeeper.now, send)
        } ?? false
    }

    /// What a head was found to mean.
    private struct KnownHead {
        let place: ResponseCache<HotAnswer>.Place
        let caller: Caller
        /// Where the target stands in the head.
        let target: Range<Int>
    }

    private func remember(_ head: borrowing RequestHead, _ known: KnownHead) {
        guard head.keepsAlive, head.isVersion11 else { return }
        let start = head.extent.lowerBound
        heads.insert(
            KnownHead(
                place: known.place,
                caller: known.caller,
                target: known.target.lowerBound - start..<known.target.upperBound - start
            ),
            of: head.bytes.span.extracting(head.extent)
        )
    }

    private enum Caller {
        case anybody
        case known(KnownCallers.Caller)
    }

    /// The caller; `nil` where a key is needed and none fits.
    private func caller(of head: borrowing RequestHead, _ wishes: PlainWishes) -> Caller? {
        if service.clients.isOpen { return .anybody }
        guard let key = wishes.key else { return nil }
        if let known = callers.caller(key: key, of: head.bytes) { return .known(known) }
        let bytes = Array(head.bytes[key])
        guard let client = service.clients.client(key: bytes) else { return nil }
        return .known(callers.insert(client, key: bytes))
    }

    /// What the answer depends on: the key of the cache.
    private func fillQuestion(
        _ head: borrowing RequestHead,
        _ caller: Caller,
        _ wishes: PlainWishes
    ) {
        question.removeAll(keepingCapacity: true)
        question.append(wishes.takesGzip ? 1 : 0)
        if case .known(let caller) = caller { question.append(contentsOf: caller.id.utf8) }
        question.append(0)
        question.append(contentsOf: head.bytes[head.target])
    }

    /// The wall clock, read anew after a twentieth of a second and reckoned on in between.
    private func date(at now: ContinuousClock.Instant) -> Timestamp {
        let passed = clock.now.duration(to: now)
        guard passed >= .zero, passed < Self.reckonedMax else {
            clock = (now, timekeeper.date)
            return clock.date
        }
        return clock.date.advanced(by: passed)
    }

    private func sendHot(
        _ known: borrowing KnownHead,
        _ target: Span<UInt8>,
        _ peer: HTTPPeer,
        _ begin: ContinuousClock.Instant,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        let date = date(at: begin)
        let caller = known.caller
        return cache.withAnswer(
            at: known.place,
            generation: service.federation.publications.generation,
            now: begin
        ) { answer in
            if case .known(let caller) = caller, caller.client.wait(now: begin) != nil {
                return false
            }
            let id = requestIDs.next()
            guard answer.prepare(id, date: date, now: begin) else { return false }
            send(answer.bytes.span)
            record(
                id,
                target,
                peer,
                answer.bytes.count,
                caller,
                .hot,
                begin,
                date,
                answer.isTargetPlain
            )
            return true
        }
    }

    private func sendWarm(
        _ head: borrowing RequestHead,
        _ caller: Caller,
        _ wishes: PlainWishes,
        _ begin: ContinuousClock.Instant,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        var client: ClientDirectory.Client?
        if case .known(let caller) = caller { client = caller.client }
        // Whoever is over the limit is told so on the long way, before anything is computed.
        if client?.isLimited(now: begin) == true { return false }
        let id = requestIDs.next()
        let exchange = Exchange(
            request: HTTPRequest(method: "GET", target: head.targetText, peer: head.peer),
            requestID: id.description,
            service: service,
            timekeeper: timekeeper,
            client: client
        )
        let known: Reply?
        do throws(Problem) {
            known = try ListRoute(exchange).replyAtOnce()
        } catch {
            // Mistakes are told on the long way.
            return false
        }
        guard let reply = known else {
            return refuseAtOnce(head, exchange, caller, id, begin, send)
        }
        guard client?.wait(now: begin) == nil else { return false }
        let date = timekeeper.date
        let response = finished(reply.response, exchange, takesGzip: wishes.takesGzip)
        answer.removeAll(keepingCapacity: true)
        ResponseEncoder(
            isHead: false,
            keepsAlive: true,
            date: HTTPDate(secondsSince1970: date.seconds)
        ).encode(response, into: &answer)
        send(answer.span)
        let byteCount = answer.count
        let isTargetPlain = head.withTarget { TargetRedaction.isPlain($0) }
        if let reuse = reply.reuse, cache.isWorthStoring(question) {
            let isCompressed = response.fields.value(of: "content-encoding") != nil
            keep(
                HotAnswer(
                    answer,
                    ages: isCompressed ? nil : reuse.ages,
                    date: date,
                    isTargetPlain: isTargetPlain
                ),
                reuse,
                lastsOneSecond: isCompressed,
                date
            )
            // What was stored is the cache's own from now on.
            answer = []
        }
        if answer.capacity > Self.answerBytesKept { answer = [] }
        head.withTarget {
            record(id, $0, head.peer, byteCount, caller, .warm, begin, date, isTargetPlain)
        }
        return true
    }

    /// Where no more requests may wait for upstreams, that is said before a task is made: it would stand in
    /// line behind all those.
    private func refuseAtOnce(
        _ head: borrowing RequestHead,
        _ exchange: Exchange,
        _ caller: Caller,
        _ id: RequestID,
        _ begin: ContinuousClock.Instant,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        guard service.admission.isFull else { return false }
        let problem = Problem.overloaded.response(requestID: exchange.requestID)
        let date = timekeeper.date
        var bytes: [UInt8] = []
        ResponseEncoder(
            isHead: false,
            keepsAlive: true,
            date: HTTPDate(secondsSince1970: date.seconds)
        ).encode(finished(problem, exchange, takesGzip: false), into: &bytes)
        send(bytes.span)
        let byteCount = bytes.count
        head.withTarget { target in
            record(
                id,
                target,
                head.peer,
                byteCount,
                caller,
                .none,
                begin,
                date,
                false,
                status: problem.status
            )
        }
        return true
    }

    private func keep(
        _ answer: HotAnswer,
        _ reuse: Reply.Reuse,
        lastsOneSecond: Bool,
        _ date: Timestamp
    ) {
        var expires = reuse.until
        if lastsOneSecond {
            // Ages cannot be written over in there, so the bytes are good until the second ends.
            let rest = 1_000_000 - date.microseconds % 1_000_000
            expires = min(expires, timekeeper.now + .microseconds(rest))
        }
        cache.store(
            answer,
            byteCount: answer.bytes.count,
            for: question,
            generation: reuse.generation,
            expires: expires
        )
    }

    private func record(
        _ id: RequestID,
        _ target: Span<UInt8>,
        _ peer: HTTPPeer,
        _ byteCount: Int,
        _ caller: Caller,
        _ temperature: Temperature,
        _ begin: ContinuousClock.Instant,
        _ date: Timestamp,
        _ isTargetPlain: Bool,
        status: Int = 200
    ) {
        var client: String?
        if case .known(let caller) = caller { client = caller.id }
        let record = RequestRecord(
            requestID: id,
            date: date,
            method: "GET",
            status: status,
            byteCount: byteCount,
            duration: begin.duration(to: timekeeper.now),
            temperature: temperature,
            client: client,
            peer: peer.address,
            isTargetPlain: isTargetPlain
        )
        observer.answered(record, target: target)
    }
}
