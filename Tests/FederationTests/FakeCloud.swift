import Catalogs
import Federation
import ImageModel
import MonotonicTime
import Observability
import Synchronization
import TestKit
import Upstreams

/// A provider in memory: a list of images that tests change, and switches for how it behaves.
final class FakeCloud: Sendable {
    let state = Mutex(State())

    struct State {
        var images: [Image] = []
        var pageSize = 1_000
        /// Elements of the first page that can be no images.
        var unreadableCount = 0
        /// What pages say of how many images there are, where that is not the truth.
        var total: Int?
        /// Offsets of pages that come without a row.
        var holes: Set<Int> = []
        var calls = 0
        var firstPages = 0
        /// Calls for which a kept connection would not do.
        var newConnections = 0
        /// Thrown by the transport instead of an answer.
        var failure: UpstreamError?
        /// Only calls from this one on fail.
        var failingFrom = 1
        /// Calls wait here while it is closed.
        var gate: Gate?
        /// Only calls from this one on wait at the gate.
        var gatedFrom = 1
        /// Whether equal pages are equal bytes; else no two answers are.
        var isSteady = false
        /// Whether answers carry entity tags and 304 is said.
        var sendsTags = false
        var decodedPages = 0
        /// The token that is accepted; `nil`: none needed.
        var token: String?
        var logins = 0
        /// Whether the first image stands on every page, beside those that belong there.
        var repeatsFirst = false
        /// How often an adapter was told to forget what its pages have taught.
        var forgotten = 0
        /// Changes the list before a page is read; told how many calls there were.
        var beforePage: (@Sendable (_ calls: Int, _ images: inout [Image]) -> Void)?
        /// What the next page position is made of.
        var next: @Sendable (_ offset: Int, _ count: Int) -> PagePosition? = { offset, count in
            offset < count ? .offset(offset) : nil
        }
    }

    init(_ images: [Image] = []) {
        state.withLock { $0.images = images }
    }

    /// That it wants to be left alone for twenty seconds.
    static let tooManyRequests = UpstreamError(
        .throttled,
        "too many requests",
        status: 429,
        isRetryable: true,
        retryAfter: .seconds(20)
    )

    /// What a page reads like.
    static func body(_ request: UpstreamRequest, _ state: State) -> [UInt8] {
        guard state.isSteady else { return Array("\(state.calls)".utf8) }
        let offset = Int(request.url.split(separator: "=").last ?? "") ?? 0
        let page = state.images.dropFirst(offset).prefix(state.pageSize)
        let rows = page.map { "\($0.id) \($0.name) \($0.raw)" }
        return Array("\(rows) of \(state.images.count)".utf8)
    }

    func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
    }

    var calls: Int { state.withLock { $0.calls } }
    var walks: Int { state.withLock { $0.firstPages } }
    var newConnections: Int { state.withLock { $0.newConnections } }

    static func image(_ index: Int, provider: String = "fake", region: String = "r1") -> Image {
        var image = Image(
            provider: provider,
            region: region,
            nativeID: "img-\(index)",
            name: "image \(index)"
        )
        image.createdAt = Timestamp(seconds: Int64(1_700_000_000 + index % 977 * 60))
        image.os = OperatingSystem(
            family: .linux,
            distribution: ["ubuntu", "debian", "rocky"][index % 3],
            version: "\(index % 5 + 8)"
        )
        return image
    }
}

struct FakeTransport: UpstreamTransport {
    let cloud: FakeCloud

    func send(
        _ request: UpstreamRequest,
        policy: TransportPolicy,
        deadline: MonotonicClock.Instant,
        hedge: Hedge?
    ) async throws(UpstreamError) -> UpstreamResponse {
        let (failure, gate, call, body, sendsTags) = cloud.state.withLock { state in
            state.calls += 1
            if policy.needsNewConnection { state.newConnections += 1 }
            let body = FakeCloud.body(request, state)
            let failure = state.calls >= state.failingFrom ? state.failure : nil
            return (failure, state.gate, state.calls, body, state.sendsTags)
        }
        if let gate, call >= cloud.state.withLock({ $0.gatedFrom }) { await gate.wait() }
        if let failure { throw failure }
        guard sendsTags else {
            return UpstreamResponse(status: 200, fields: request.fields, body: body)
        }
        let tag = "\"\(body.hashValue)\""
        if request.fields.contains(UpstreamField("If-None-Match", tag)) {
            return UpstreamResponse(status: 304)
        }
        let fields = request.fields + [UpstreamField("etag", tag)]
        // A new body each time: the tag alone tells.
        return UpstreamResponse(status: 200, fields: fields, body: body + Array("\(call)".utf8))
    }
}

/// Decodes nothing: the "answer" names the page, the rows come from the cloud itself.
struct FakeAdapter: ProviderAdapter {
    static let descriptor = ProviderDescriptor(
        name: "fake",
        summary: "a cloud in memory",
        region: .required,
        defaultEndpoint: nil,
        credentialForms: []
    )

    let cloud: FakeCloud
    var session: (any SessionAuthentication)?

    init(settings: UpstreamSettings) throws(UpstreamError) {
        cloud = FakeCloud()
    }

    init(_ cloud: FakeCloud, session: (any SessionAuthentication)? = nil) {
        self.cloud = cloud
        self.session = session
    }

    func forgetPages() { cloud.change { $0.forgotten += 1 } }

    func pushdown(for query: ImageQuery) -> Pushdown? {
        query.distributions.count == 1
            ? Pushdown([Pushdown.Parameter("distribution", query.distributions)]) : nil
    }

    func pageRequest(
        at position: PagePosition,
        pushdown: Pushdown?,
        session: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        var fields: [UpstreamField] = []
        if let session { fields.append(UpstreamField("token", session.token.revealed)) }
        if let value = pushdown?.parameters.first?.values.first {
            fields.append(UpstreamField("only", value))
        }
        let offset = if case .offset(let offset) = position { offset } else { 0 }
        return UpstreamRequest(url: "fake://list?offset=\(offset)", fields: fields)
    }

    func decodePage(
        _ response: UpstreamResponse,
        at position: PagePosition
    ) throws(UpstreamError) -> ListPage {
        let (page, isKnown) = cloud.state.withLock { state in
            let offset = if case .offset(let offset) = position { offset } else { 0 }
            if position == .first { state.firstPages += 1 }
            state.decodedPages += 1
            let only = response.value(of: "only")
            state.beforePage?(state.calls, &state.images)
            let images = state.images.filter { only == nil || $0.os.distribution == only }
            let end = min(offset + state.pageSize, images.count)
            let isHole = state.holes.contains(offset)
            var rows = offset < end && !isHole ? Array(images[offset..<end]) : []
            if state.repeatsFirst, let first = images.first { rows.append(first) }
            let page = ListPage(
                images: rows,
                next: isHole ? nil : state.next(end, images.count),
                total: state.total ?? images.count,
                unreadableCount: position == .first ? state.unreadableCount : 0
            )
            return (page, state.token == nil || state.token == response.value(of: "token"))
        }
        guard isKnown else {
            throw UpstreamError(.sessionExpired, "the token is not known", status: 401)
        }
        return page
    }
}

/// A login in two steps; each yields the next token.
struct FakeSession: SessionAuthentication {
    let cloud: FakeCloud

    func request(
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest {
        UpstreamRequest(method: "POST", url: step == nil ? "fake://first" : "fake://second")
    }

    func decode(
        _ response: UpstreamResponse,
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> SessionProgress {
        guard step != nil else { return .next(SessionStep("half")) }
        let number = cloud.state.withLock { state in
            state.logins += 1
            return state.logins
        }
        return .established(Session(token: "token-\(number)"))
    }

    func needsRenewal(_ session: Session, at date: Timestamp) -> Bool { false }
}
