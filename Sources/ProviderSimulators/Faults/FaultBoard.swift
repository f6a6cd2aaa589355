import HTTPWire
import JSONText
import Synchronization

/// The faults of one simulator, shared by all loops, and what they have to remember.
final class FaultBoard: Sendable {
    private let state = Mutex(State())

    private struct State {
        var programme = FaultProgramme()
        /// First page and first row of each provider since the programme began.
        var firstPages: [SimulatedProvider: HTTPResponse] = [:]
        var firstRows: [SimulatedProvider: JSONValue] = [:]
        /// Rows that changing lists have gained since then; they go with it.
        var passingRowCounts: [SimulatedProvider: Int] = [:]
        var onChange: (@Sendable () async -> Void)?
    }

    /// Two days and three hours, in microseconds.
    private static let tokenSkew: Int64 = 172_800_000_000
    private static let clockSkew: Int64 = 10_800_000_000

    func replace(_ programme: FaultProgramme) {
        state.withLock { $0 = State(programme: programme, onChange: $0.onChange) }
    }

    /// Returns once whoever observes has done what the programme asks for.
    func settle() async {
        let onChange = state.withLock { $0.onChange }
        await onChange?()
    }

    func observe(_ onChange: @escaping @Sendable () async -> Void) {
        state.withLock { $0.onChange = onChange }
    }

    func suffering(_ provider: SimulatedProvider, now: Int64) -> [FaultRule] {
        state.withLock { state in
            guard !state.programme.rules.isEmpty else { return [] }
            let rules = state.programme.suffering(provider, now: now)
            if rules.contains(where: { $0.fault == .changingList }) {
                state.passingRowCounts[provider, default: 0] += 1
            }
            return rules
        }
    }

    func passingRowCount(_ provider: SimulatedProvider) -> Int {
        state.withLock { $0.passingRowCounts[provider] ?? 0 }
    }

    func write(to writer: inout JSONWriter, now: Int64) {
        state.withLock { $0.programme }.write(to: &writer, now: now)
    }

    // MARK: Doors

    func greeting(_ provider: SimulatedProvider, now: Int64) -> WireScript? {
        let rule = state.withLock { $0.programme.greeting(provider, now: now) }
        return switch rule?.fault {
        case .connectionReset, .tlsReset: WireScript([.reset])
        case .tlsStall: WireScript([.silence])
        case .notTLS:
            WireScript([
                .bytes(Array("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n".utf8)), .close,
            ])
        default: nil
        }
    }

    func hasDoorFault(_ provider: SimulatedProvider, now: Int64) -> Bool {
        state.withLock { $0.programme.hasDoorFault(provider, now: now) }
    }

    func isRefused(_ provider: SimulatedProvider, now: Int64) -> Bool {
        state.withLock { $0.programme.isRefused(provider, now: now) }
    }

    func nextEnd(now: Int64) -> Int64? {
        state.withLock { $0.programme.nextEnd(now: now) }
    }

    // MARK: Answers

    /// The provider's clock under what it suffers from.
    static func clock(
        _ rules: [FaultRule],
        _ provider: SimulatedProvider,
        now: Int64
    ) -> Int64 {
        switch rules.first(where: { $0.fault.place == .clock })?.fault {
        case .expiredToken: Fault.expiredToken.sufferers.contains(provider) ? now + tokenSkew : now
        case .clockSkew: now + clockSkew
        default: now
        }
    }

    /// A page as it is told: damaged, replaced, or sent as no server should.
    func tell(
        _ answer: DialectAnswer,
        _ request: HTTPRequest,
        _ provider: SimulatedProvider,
        _ rules: [FaultRule]
    ) -> HTTPResponse {
        var response = answer.response
        let isPage = answer.rowCount != nil
        for rule in rules where rule.fault == .repeatedPage && isPage {
            response = firstPage(of: provider, else: response)
        }
        for rule in rules where rule.fault.place == .body && isPage {
            damage(&response, rule, provider)
        }
        for rule in rules where rule.fault.place == .answer {
            response = SickAnswer.response(rule, to: request) ?? response
        }
        for rule in rules where rule.fault.place == .wire {
            response.script = SickWire(rule: rule, response: response).script
        }
        return response
    }

    private func firstPage(
        of provider: SimulatedProvider,
        else response: HTTPResponse
    ) -> HTTPResponse {
        state.withLock { state in
            if let known = state.firstPages[provider] { return known }
            state.firstPages[provider] = response
            return response
        }
    }

    private func damage(
        _ response: inout HTTPResponse,
        _ rule: FaultRule,
        _ provider: SimulatedProvider
    ) {
        let body = response.joined().body
        var memory = state.withLock { $0.firstRows[provider] }
        response.lead = []
        response.body = BodyDamage.apply(rule, to: body, memory: &memory)
        if rule.fault == .foreignNext {
            let link = "<\(rule.target)/v2/images?marker=x>; rel=\"next\""
            response.fields.append(HTTPField("link", link))
        }
        state.withLock { $0.firstRows[provider] = memory }
    }
}
