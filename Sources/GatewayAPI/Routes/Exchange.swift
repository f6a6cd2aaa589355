internal import Caching
internal import Federation
internal import HTTPWire
internal import MonotonicTime
internal import Observability
internal import Upstreams

/// One request on its way through the routes, with what is known of it.
///
/// A class: every route keeps it, and a copy has many references to count.
final class Exchange {
    let request: HTTPRequest
    let requestID: RequestID
    let service: GatewayService
    let timekeeper: any Timekeeper
    /// Who asks, once that is known.
    var client: ClientDirectory.Client?

    init(
        request: HTTPRequest,
        requestID: RequestID,
        service: GatewayService,
        timekeeper: any Timekeeper,
        client: ClientDirectory.Client? = nil
    ) {
        self.request = request
        self.requestID = requestID
        self.service = service
        self.timekeeper = timekeeper
        self.client = client
    }

    var scope: Scope { client?.scope ?? .all }

    /// Who is limited: the client, or on an open gateway the peer.
    var caller: String { client?.id ?? request.peer.address }

    /// Fails with 429 where a caller forces its way past the cache too often. `max-age=0` and a large
    /// `min-fresh` do that as much as `no-cache`.
    func checkRevalidation(_ demand: FreshnessDemand) throws(Problem) {
        guard demand.asksPastCache, !demand.onlyIfCached else { return }
        try service.admission.checkRevalidation(of: caller, now: timekeeper.now)
    }

    /// The answer within the bounds on requests that wait for upstreams; 503 where they are reached.
    func listCold(
        _ request: ListRequest,
        otherwise: (CursorSealer.Failure) -> Problem
    ) async throws(Problem) -> ListAnswer {
        try service.admission.enterCold(caller)
        var lateness: Duration?
        defer { service.admission.leaveCold(caller, lateness: lateness, now: timekeeper.now) }
        do throws(CursorSealer.Failure) {
            let answer = try await service.federation.list(request, timekeeper: timekeeper)
            lateness = answer.lateness
            return answer
        } catch {
            throw otherwise(error)
        }
    }

    var parameters: QueryString { QueryString(request.query ?? "") }

    /// Fails with 400 where there are parameters that the route has not, some that are no text, or too many.
    func checkParameters() throws(Problem) {
        let foreign = try foreignParameters(known: nil)
        if !foreign.isEmpty { throw .invalidParameters(foreign) }
    }

    /// Parameters that the route has not, and those that are no text. Fails with 400 where there are too many to look at.
    func foreignParameters(known: String?) throws(Problem) -> [Problem.Parameter] {
        let parameters = parameters
        if parameters.isTooLong { throw .tooManyParameters }
        let rule = known.map { "the only one is '\($0)'" } ?? "it has none"
        let foreign = parameters.pairs.filter { $0.name != known }.map {
            Problem.Parameter($0.name, $0.value, "is not a parameter of this route; \(rule)")
        }
        let malformed = parameters.malformed.map {
            Problem.Parameter($0.name, $0.value, "is not percent-encoded UTF-8")
        }
        return foreign + malformed
    }

    /// Path segments, decoded; `nil` where one is not percent-encoded UTF-8.
    var segments: [String]? {
        let parts = request.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        // In a path a plus sign is a plus sign.
        let decoded = parts.map { part in
            let isPlain = part.utf8.allSatisfy {
                $0 != UInt8(ascii: "%") && $0 != UInt8(ascii: "+")
            }
            return isPlain ? String(part) : QueryString.decode(part.replacing("+", with: "%2B"))
        }
        return decoded.contains { $0 == nil } ? nil : decoded.compactMap { $0 }
    }
}

/// How warm the answer was.
public enum Temperature: String, Sendable, CaseIterable {
    /// Finished bytes.
    case hot
    /// From snapshots at hand.
    case warm
    /// Somebody had to be asked.
    case cold
    /// Not an answer about images.
    case none

    init(_ answer: ListAnswer) {
        self = answer.forwarded == nil ? .warm : .cold
    }
}

/// An answer on its way out.
struct Reply {
    var response: HTTPResponse
    var temperature = Temperature.none
    var reuse: Reuse?
    /// The slug of the problem that the answer is.
    var problem: String?
    /// `false` where the caller has left.
    var hasReader = true

    /// Under which publications the same bytes may be sent again, until when, and what changes in them.
    struct Reuse {
        let generation: UInt64
        let until: MonotonicClock.Instant
        let ages: HotAnswer.Ages
    }
}

extension Reply {
    init(_ problem: Problem, _ id: RequestID) {
        self.init(response: problem.response(requestID: id.description), problem: problem.slug)
    }

    /// What is recorded where the caller left before his answer: nginx's status for it, and never sent.
    static var nobody: Reply { Reply(response: HTTPResponse(status: 499), hasReader: false) }
}
