internal import Configuration
internal import ImageModel
internal import MonotonicTime
internal import WebTokens

/// The clients that show tokens, in the order of the configuration.
struct TokenDirectory: Sendable {
    private var entries: [Entry] = []

    private struct Entry: Sendable {
        let rule: TokenRule
        let keys: KeySetStore
        let client: ClientDirectory.Client
    }

    /// A token that was good is looked at again after this long, whatever its expiry.
    static let trustedMax = Duration.seconds(3_600)

    var isEmpty: Bool { entries.isEmpty }

    mutating func append(
        _ client: ClientDirectory.Client,
        _ configuration: TokenClientConfiguration,
        keys: KeySetStore
    ) {
        let rule = TokenRule(
            issuer: configuration.issuer,
            audiences: Set(configuration.audiences),
            algorithms: Set(configuration.algorithms.compactMap { SignatureAlgorithm(name: $0) }),
            subject: configuration.subject,
            claims: configuration.claims.map { .init(name: $0.name, anyOf: Set($0.anyOf)) },
            clockSkew: configuration.clockSkew
        )
        entries.append(Entry(rule: rule, keys: keys, client: client))
    }

    /// Whose token this is. No claim counts, nor is told about, before the signature holds.
    func recognize(
        _ bytes: [UInt8],
        now: MonotonicClock.Instant,
        date: Timestamp
    ) -> Recognition {
        let token: WebToken
        do throws(TokenFailure) {
            token = try WebToken(bytes)
        } catch {
            return .refused(error)
        }
        let candidates = entries.filter { $0.rule.isMeant(token) }
        guard !candidates.isEmpty else { return .refused(.issuer) }
        return recognize(token, candidates, now: now, date: date)
    }

    private func recognize(
        _ token: WebToken,
        _ candidates: [Entry],
        now: MonotonicClock.Instant,
        date: Timestamp
    ) -> Recognition {
        let seconds = Double(date.microseconds) / 1e6
        var signatures = SignatureVerdicts(token)
        var failures: [TokenFailure] = []
        var outdated: [KeySetStore] = []
        for entry in candidates {
            do throws(TokenFailure) {
                let generation = try signatures.check(entry.keys)
                let expiry = try entry.rule.check(token, now: seconds)
                let rest = min(.seconds(expiry - seconds), Self.trustedMax)
                return .known(
                    Recognized(
                        client: entry.client,
                        expires: now + rest,
                        keys: Recognized.Keys(store: entry.keys, generation: generation)
                    )
                )
            } catch {
                if Self.mayBeOutdated(token, error) { outdated.append(entry.keys) }
                failures.append(error)
            }
        }
        // The one that came furthest tells most; whoever did not get past the signature learns no more than that.
        let order = TokenFailure.allCases
        let furthest = failures.max {
            (order.firstIndex(of: $0) ?? 0) < (order.firstIndex(of: $1) ?? 0)
        }
        let reason = furthest ?? .issuer
        guard !outdated.isEmpty, Self.isOfOneClient(reason) else { return .refused(reason) }
        return .unknownKey(outdated, keyID: token.keyID ?? "", reason)
    }

    /// Whether a token that one client refuses for that may be another one's, with another key set.
    private static func isOfOneClient(_ failure: TokenFailure) -> Bool {
        switch failure {
        case .unknownKey, .signature, .audience, .noClient: true
        default: false
        }
    }

    /// Whether newer keys might say otherwise. Of a token that names no key nobody knows whether it is an old one's.
    private static func mayBeOutdated(_ token: WebToken, _ failure: TokenFailure) -> Bool {
        failure == .unknownKey || failure == .signature && token.keyID == nil
    }
}

/// Whether a token's signature holds under each of several key sets; each is asked once.
private struct SignatureVerdicts {
    private let token: WebToken
    private var verdicts: [(keys: KeySetStore, generation: UInt64, failure: TokenFailure?)] = []

    init(_ token: WebToken) { self.token = token }

    /// The generation of the keys that the signature holds under. Errors: `unknownKey`, `signature`.
    mutating func check(_ keys: KeySetStore) throws(TokenFailure) -> UInt64 {
        if let known = verdicts.first(where: { $0.keys === keys }) {
            if let failure = known.failure { throw failure }
            return known.generation
        }
        // Before the keys: what changes in between counts as changed.
        let generation = keys.generation
        let failure = failure(keys)
        verdicts.append((keys, generation, failure))
        if let failure { throw failure }
        return generation
    }

    private func failure(_ keys: KeySetStore) -> TokenFailure? {
        guard let set = keys.keys else { return .unknownKey }
        do throws(TokenFailure) {
            try set.verify(token)
            return nil
        } catch {
            return error
        }
    }
}
