internal import Configuration
internal import Cryptography
internal import Federation
internal import HTTPWire
internal import ImageModel
internal import JSONText
internal import MonotonicTime
internal import WebTokens

/// Who may call. Keys are known by their SHA-256 alone and compared in constant time, all of them each
/// time, so that timing tells neither a key nor how many there are before it.
final class ClientDirectory: Sendable {
    /// Without a list of clients everybody may see everything.
    let isOpen: Bool
    /// What callers are known by, for those who show nothing.
    let ways: Ways
    private let clients: [Client]
    private let keys: [(digest: [UInt8], client: Client)]
    private let tokens: TokenDirectory
    private let certificates: [(name: ClientConfiguration.CertificateName, client: Client)]

    /// What clients of this configuration may show.
    struct Ways: OptionSet, Sendable {
        let rawValue: Int

        static let key = Ways(rawValue: 1)
        static let token = Ways(rawValue: 2)
        static let certificate = Ways(rawValue: 4)
    }

    /// One caller. The rate is shared by all loops, because the limit is the client's, not a loop's.
    final class Client: Sendable {
        let id: String
        let scope: Scope
        private let limit: ClientRateLimit?
        private let rate: ClientRate?

        /// What `earlier` has spent stays spent, where the limit is the same.
        fileprivate init(
            _ configuration: ClientConfiguration,
            after earlier: Client?,
            now: MonotonicClock.Instant
        ) {
            id = configuration.id
            limit = configuration.rateLimit
            switch configuration.upstreams {
            case .all: scope = .all
            case .only(let ids): scope = .only(ids)
            }
            rate =
                earlier?.limit == limit
                ? earlier?.rate : limit.map { ClientRate($0, now: now) }
        }

        /// `nil` where the request may pass, else how long until the next one may.
        func wait(now: MonotonicClock.Instant) -> Duration? {
            rate?.take(now: now)
        }

        /// Whether the next request would have to wait; takes nothing.
        func isLimited(now: MonotonicClock.Instant) -> Bool {
            rate?.isExhausted(now: now) == true
        }
    }

    /// `nil`: everybody may see everything. Clients of `earlier` go on with what they spent of their rates. `keySets` gives the keys of a source; the same for the same source.
    init(
        _ clients: [ClientConfiguration]?,
        after earlier: ClientDirectory? = nil,
        now: MonotonicClock.Instant,
        keySets: (TokenClientConfiguration.KeySource) -> KeySetStore
    ) {
        var all: [Client] = []
        var ways: Ways = []
        var keys: [(digest: [UInt8], client: Client)] = []
        var tokens = TokenDirectory()
        var certificates: [(name: ClientConfiguration.CertificateName, client: Client)] = []
        for configuration in clients ?? [] {
            let client = Client(
                configuration,
                after: earlier?.clients.first { $0.id == configuration.id },
                now: now
            )
            all.append(client)
            switch configuration.identity {
            case .key(let digest):
                ways.insert(.key)
                keys.append((digest, client))
            case .token(let token):
                ways.insert(.token)
                tokens.append(client, token, keys: keySets(token.keys))
            case .certificate(let name):
                ways.insert(.certificate)
                certificates.append((name, client))
            }
        }
        isOpen = clients == nil
        self.clients = all
        (self.ways, self.keys) = (ways, keys)
        (self.tokens, self.certificates) = (tokens, certificates)
    }

    /// Whose key or token these bytes are.
    func recognize(
        _ shown: [UInt8],
        now: MonotonicClock.Instant,
        date: Timestamp
    ) -> Recognition {
        if let client = client(key: shown) { return .known(Recognized(client: client)) }
        guard !tokens.isEmpty, WebToken.isLikely(shown) else { return .nobody }
        return tokens.recognize(shown, now: now, date: date)
    }

    /// Whose certificate this is; good for as long as it is valid.
    func recognize(
        _ certificate: PeerCertificate,
        now: MonotonicClock.Instant,
        date: Timestamp
    ) -> Recognition {
        let rest = date.duration(to: Timestamp(seconds: certificate.expires))
        let found = certificates.first { name, _ in
            switch name {
            case .subject(let subject): SameBytes.areSame(subject, certificate.subject)
            case .alternative(let name):
                certificate.alternativeNames.contains { SameBytes.areSame($0, name) }
            }
        }
        guard let found, rest > .zero else { return .foreignCertificate }
        return .known(
            Recognized(client: found.client, expires: now + min(rest, TokenDirectory.trustedMax))
        )
    }

    /// The client that owns `key`.
    func client(key: [UInt8]) -> Client? {
        let digest = Digest.sha256.hash(key)
        var found: Client?
        for entry in keys where isEqualInConstantTime(entry.digest, digest) {
            found = found ?? entry.client
        }
        return found
    }
}
