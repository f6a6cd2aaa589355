internal import Caching
internal import Federation
public import HTTPWire
internal import ImageModel
internal import MonotonicTime
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
    @exclusivity(unchecked) var callers = KnownCallers()
    /// Whole heads whose answers were found in the cache before.
    @exclusivity(unchecked) private var heads = RecentKeys<KnownHead>()
    @exclusivity(unchecked) private var question: [UInt8] = []
    /// A warm answer on its way out. Its room is used again and stays in the processor's caches.
    @exclusivity(unchecked) private var answer: [UInt8] = []
    /// What is said where no more requests may wait for upstreams.
    @exclusivity(unchecked) var refusal: HotAnswer?
    /// Whether a drain is over, so that a cancelled request is one whose caller still waits.
    @exclusivity(unchecked) private(set) var hasDrainEnded = false
    /// Both clocks, read at one moment, and until when that is exact enough.
    @exclusivity(unchecked) private var clock: Reading
    @exclusivity(unchecked) private var seenReplacements: UInt64 = 0
    @exclusivity(unchecked) private var requestIDs: RequestIDGenerator

    /// Larger answers give their room back.
    private static let answerBytesKept = 256 << 10

    private static let reckonedMax = Duration.milliseconds(50)

    private let mailbox = Mutex<GatewayService?>(nil)
    private let replacements = Atomic<UInt64>(0)
    private let responderCount: Int
    let timekeeper: any Timekeeper
    let observer: any RequestObserver
    let tracer: Tracer
    /// Decides which requests begin a trace that is recorded.
    @exclusivity(unchecked) private var sampling: SeededGenerator

    /// Of `responderCount` responders each keeps its share of the finished answers that the configuration allows.
    public init(
        service: GatewayService,
        timekeeper: any Timekeeper,
        requestIDs: RequestIDGenerator,
        observer: any RequestObserver,
        tracer: Tracer,
        responderCount: Int = 1
    ) {
        self.tracer = tracer
        self.responderCount = responderCount
        // Loops count their requests under seeds of their own.
        sampling = SeededGenerator(seed: ~requestIDs.seed)
        self.service = service
        self.timekeeper = timekeeper
        self.requestIDs = requestIDs
        self.observer = observer
        clock = Reading(timekeeper)
        cache = ResponseCache(bytesMax: service.responseBytesMax / responderCount)
    }

    /// Answers from the next request on come from `service`. From any thread.
    public func replace(_ service: GatewayService) {
        mailbox.withLock { $0 = service }
        replacements.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    public func drainEnds() { hasDrainEnded = true }

    @inline(__always)
    func takeReplacement() {
        let count = replacements.load(ordering: .acquiring)
        if count != seenReplacements { takeReplacement(count) }
    }

    @inline(never)
    private func takeReplacement(_ count: UInt64) {
        seenReplacements = count
        guard let service = mailbox.withLock({ $0 }) else { return }
        self.service = service
        cache = ResponseCache(bytesMax: service.responseBytesMax / responderCount)
        callers = KnownCallers()
        heads = RecentKeys()
        refusal = nil
        observer.cached(answerCount: 0, byteCount: 0)
    }

    func nextRequestID() -> RequestID { requestIDs.next() }

    // MARK: At once

    public func answerAtOnce(_ head: borrowing RequestHead, _ send: (Span<UInt8>) -> Void) -> Bool {
        guard let wishes = PlainWishes(head) else { return false }
        takeReplacement()
        let begin = timekeeper.now
        guard let caller = caller(of: head, wishes, begin) else { return false }
        fillQuestion(head, caller, wishes)
        if let place = cache.place(of: question) {
            let known = KnownHead(place, caller, target: head.target)
            let traceparent = traceparent(of: head, wishes)
            let isSent = head.withTarget {
                sendHot(known, $0, head.peer.address, head.peer.isTLS, traceparent, begin, send)
            }
            if isSent {
                if wishes.traceparent == nil { remember(head, known) }
                return true
            }
        }
        return sendWarm(head, caller, wishes, begin, send)
    }

    public func answerAgain(
        _ bytes: Span<UInt8>,
        from address: String,
        isTLS: Bool,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        takeReplacement()
        return heads.withValue(of: bytes) { known in
            let target = bytes.extracting(known.target)
            return sendHot(known, target, address, isTLS, nil, timekeeper.now, send)
        } ?? false
    }

    /// What a head was found to mean.
    private struct KnownHead: ~Copyable {
        let place: ResponseCache<HotAnswer>.Place
        let caller: Caller
        /// The caller's id: lent from here it costs nothing.
        let client: String?
        /// Where the target stands in the head.
        let target: Range<Int>

        init(_ place: ResponseCache<HotAnswer>.Place, _ caller: Caller, target: Range<Int>) {
            self.place = place
            self.caller = caller
            client = caller.id
            self.target = target
        }
    }

    private func remember(_ head: borrowing RequestHead, _ known: borrowing KnownHead) {
        guard head.keepsAlive, head.isVersion11 else { return }
        // Who a certificate is stands in no head: the same bytes come from others too.
        if case .known(let caller) = known.caller, caller.isCertificate { return }
        let start = head.extent.lowerBound
        heads.insert(
            KnownHead(
                known.place,
                known.caller,
                target: known.target.lowerBound - start..<known.target.upperBound - start
            ),
            of: head.bytes.span.extracting(head.extent)
        )
    }

    enum Caller {
        case anybody
        case known(KnownCallers.Caller)

        /// The client's; `nil` for anybody.
        var id: String? {
            if case .known(let caller) = self { caller.id } else { nil }
        }

        /// Without a reference of its own, for as long as somebody keeps the caller.
        var unowned: Unmanaged<KnownCallers.Caller>? {
            if case .known(let caller) = self { .passUnretained(caller) } else { nil }
        }
    }

    /// The caller; `nil` where one must be known and is not, or where keys must be fetched first.
    private func caller(
        of head: borrowing RequestHead,
        _ wishes: PlainWishes,
        _ now: MonotonicClock.Instant
    ) -> Caller? {
        if service.clients.isOpen { return .anybody }
        if let key = wishes.key {
            if let known = callers.caller(key: key, of: head.bytes, now: now) {
                return .known(known)
            }
            return recognize(Array(head.bytes[key]), now).map { .known($0) }
        }
        return head.peer.certificate.flatMap { recognize($0, now) }.map { .known($0) }
    }

    /// Looks a key or token up and remembers whose it is.
    private func recognize(
        _ shown: [UInt8],
        _ now: MonotonicClock.Instant
    ) -> KnownCallers.Caller? {
        guard
            case .known(let recognized) = service.clients.recognize(
                shown,
                now: now,
                date: timekeeper.date
            )
        else { return nil }
        return callers.insert(recognized, key: shown)
    }

    private func recognize(
        _ certificate: PeerCertificate,
        _ now: MonotonicClock.Instant
    ) -> KnownCallers.Caller? {
        let key = certificate.fingerprint
        if let known = callers.caller(key: key.indices, of: key, isCertificate: true, now: now) {
            return known
        }
        guard
            case .known(let recognized) = service.clients.recognize(
                certificate,
                now: now,
                date: timekeeper.date
            )
        else { return nil }
        return callers.insert(recognized, key: key, isCertificate: true)
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

    private struct Reading {
        let now: MonotonicClock.Instant
        let date: Timestamp
        let end: MonotonicClock.Instant

        init(_ timekeeper: any Timekeeper) {
            now = timekeeper.now
            date = timekeeper.date
            end = now + GatewayResponder.reckonedMax
        }
    }

    /// The wall clock, read anew after a twentieth of a second and reckoned on in between.
    private func date(at now: MonotonicClock.Instant) -> Timestamp {
        guard clock.now <= now, now < clock.end else {
            clock = Reading(timekeeper)
            return clock.date
        }
        // A twentieth of a second at most.
        let microseconds = now.nanoseconds(since: clock.now) / 1_000
        return Timestamp(microseconds: clock.date.microseconds + microseconds)
    }

    private func sendHot(
        _ known: borrowing KnownHead,
        _ target: Span<UInt8>,
        _ address: String,
        _ isTLS: Bool,
        _ traceparent: String?,
        _ begin: MonotonicClock.Instant,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        let date = date(at: begin)
        // `known` keeps the caller, and nothing that is called meanwhile comes back to the table that it may lie in.
        let caller = known.caller.unowned
        return cache.withAnswer(
            at: known.place,
            generation: service.federation.publications.generation,
            now: begin
        ) { answer in
            let mayPass = caller?._withUnsafeGuaranteedRef {
                $0.isCurrent(now: begin) && $0.client.wait(now: begin) == nil
            }
            guard mayPass != false else { return false }
            let id = requestIDs.next()
            guard answer.prepare(id, date: date, now: begin) else { return false }
            send(answer.bytes.span)
            record(
                id,
                target,
                address,
                isTLS,
                traceparent,
                answer.bytes.count,
                known.client,
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
        _ begin: MonotonicClock.Instant,
        _ send: (Span<UInt8>) -> Void
    ) -> Bool {
        var client: ClientDirectory.Client?
        if case .known(let caller) = caller { client = caller.client }
        // Whoever is over the limit is told so on the long way, before anything is computed.
        if client?.isLimited(now: begin) == true { return false }
        let id = requestIDs.next()
        // Where every question has to wait for upstreams, nobody reads which one it is before it may.
        guard service.federation.mayAnswerAtOnce(client?.scope ?? .all, now: begin) else {
            guard service.admission.isFull else { return false }
            return refuseAtOnce(head, caller, id, begin, send)
        }
        let exchange = Exchange(
            request: HTTPRequest(method: "GET", target: head.targetText, peer: head.peer),
            requestID: id,
            service: service,
            timekeeper: timekeeper,
            client: client
        )
        var reply: Reply
        do throws(Problem) {
            guard let known = try ListRoute(exchange).replyAtOnce() else {
                guard service.admission.isFull else { return false }
                return refuseAtOnce(head, caller, id, begin, send)
            }
            reply = known
        } catch {
            // Mistakes are told on the long way.
            return false
        }
        guard client?.wait(now: begin) == nil else { return false }
        let date = timekeeper.date
        finish(&reply.response, exchange, takesGzip: wishes.takesGzip)
        answer.removeAll(keepingCapacity: true)
        ResponseEncoder(
            isHead: false,
            keepsAlive: true,
            date: HTTPDate(secondsSince1970: date.seconds)
        ).encode(reply.response, into: &answer)
        send(answer.span)
        let byteCount = answer.count
        let isTargetPlain = head.withTarget { TargetRedaction.gateway.isPlain($0) }
        if let reuse = reply.reuse, cache.isWorthStoring(question) {
            let isCompressed = reply.response.fields.value(of: "content-encoding") != nil
            keepAnswer(reuse, isCompressed: isCompressed, date, isTargetPlain: isTargetPlain)
        }
        if answer.capacity > Self.answerBytesKept { answer = [] }
        let traceparent = self.traceparent(of: head, wishes)
        head.withTarget {
            record(
                id,
                $0,
                head.peer.address,
                head.peer.isTLS,
                traceparent,
                byteCount,
                caller.id,
                .warm,
                begin,
                date,
                isTargetPlain
            )
        }
        return true
    }

    /// Stores a copy of `answer`.
    private func keepAnswer(
        _ reuse: Reply.Reuse,
        isCompressed: Bool,
        _ date: Timestamp,
        isTargetPlain: Bool
    ) {
        let kept = HotAnswer(
            answer,
            ages: isCompressed ? nil : reuse.ages,
            date: date,
            isTargetPlain: isTargetPlain
        )
        var expires = reuse.until
        if isCompressed {
            // Ages cannot be written over in there, so the bytes are good until the second ends.
            let rest = 1_000_000 - date.microseconds % 1_000_000
            expires = min(expires, timekeeper.now + .microseconds(rest))
        }
        cache.store(
            kept,
            byteCount: kept.memoryByteCount,
            for: question,
            generation: reuse.generation,
            expires: expires
        )
        observer.cached(answerCount: cache.count, byteCount: cache.byteCount)
    }

    func record(
        _ id: RequestID,
        _ target: Span<UInt8>,
        _ address: String,
        _ isTLS: Bool,
        _ traceparent: String?,
        _ byteCount: Int,
        _ client: String?,
        _ temperature: Temperature,
        _ begin: MonotonicClock.Instant,
        _ date: Timestamp,
        _ isTargetPlain: Bool,
        status: Int = 200,
        problem: String? = nil
    ) {
        let record = RequestRecord(
            requestID: id,
            date: date,
            method: .get,
            status: status,
            byteCount: byteCount,
            duration: begin.duration(to: timekeeper.now),
            temperature: temperature,
            route: .list,
            problem: problem,
            traceID: nil,
            isTargetPlain: isTargetPlain
        )
        if tracer.isOn, let trace = beginTrace(traceparent) {
            recordTraced(trace, record, client, address, target, isTLS: isTLS)
        } else {
            observer.answered(record, client: client, peer: address, target: target)
        }
    }

    @inline(never)
    private func recordTraced(
        _ trace: ActiveTrace,
        _ record: consuming RequestRecord,
        _ client: String?,
        _ address: String,
        _ target: Span<UInt8>,
        isTLS: Bool
    ) {
        record.traceID = trace.context.traceID
        observer.answered(record, client: client, peer: address, target: target)
        let text = target.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        end(trace, record, client, address, target: text, isTLS: isTLS)
    }

    /// What the caller says of its trace; `nil` where nobody wants to know.
    private func traceparent(of head: borrowing RequestHead, _ wishes: PlainWishes) -> String? {
        guard tracer.isOn, let place = wishes.traceparent else { return nil }
        return head.text(place)
    }

    /// The trace of a request that was answered at once; `nil` for most: they take no lock and no memory.
    @inline(never)
    private func beginTrace(_ traceparent: String?) -> ActiveTrace? {
        if let traceparent { return tracer.begin(traceparent: traceparent, state: []) }
        guard tracer.samples(sampling.next()) else { return nil }
        return tracer.beginSampled()
    }
}
