internal import Configuration
internal import Cryptography
internal import Federation
internal import Synchronization
internal import Upstreams

/// Who may call: keys are known by their SHA-256 alone and compared in constant time, all of them each
/// time, so that timing tells neither a key nor how many there are before it.
final class ClientDirectory: Sendable {
    private let clients: [Client]?

    /// One caller. The bucket is shared by all loops, because the limit is the client's, not a loop's.
    final class Client: Sendable {
        let id: String
        let scope: Scope
        fileprivate let keyDigest: [UInt8]
        private let bucket: Mutex<TokenBucket?>

        fileprivate init(_ configuration: ClientConfiguration, now: ContinuousClock.Instant) {
            id = configuration.id
            keyDigest = configuration.keySHA256
            switch configuration.upstreams {
            case .all: scope = .all
            case .only(let ids): scope = .only(ids)
            }
            bucket = Mutex(
                configuration.rateLimit.map { limit in
                    TokenBucket(
                        perSecond: Double(limit.requestsPerSecond),
                        burst: Double(limit.burst),
                        now: now
                    )
                }
            )
        }

        /// `nil` where the request may pass, else how long until the next one may.
        func wait(now: ContinuousClock.Instant) -> Duration? {
            bucket.withLock { $0?.take(now: now) ?? nil }
        }

        /// Whether the next request would have to wait; takes nothing.
        func isLimited(now: ContinuousClock.Instant) -> Bool {
            var copy = bucket.withLock { $0 }
            return copy?.take(now: now) != nil
        }
    }

    /// `nil`: everybody may see everything.
    init(_ clients: [ClientConfiguration]?, now: ContinuousClock.Instant) {
        self.clients = clients?.map { Client($0, now: now) }
    }

    var isOpen: Bool { clients == nil }

    /// The client that owns `key`.
    func client(key: [UInt8]) -> Client? {
        let digest = Digest.sha256.hash(key)
        var found: Client?
        for client in clients ?? [] where isEqualInConstantTime(client.keyDigest, digest) {
            found = found ?? client
        }
        return found
    }
}

/// Where a request carries its key.
enum ClientKey {
    /// The key in an `Authorization` value of the scheme `Bearer` (RFC 6750 §2.1; schemes have no case).
    static func bearer(_ value: some Sequence<UInt8>) -> [UInt8]? {
        let bytes = Array(value)
        let scheme = Array("bearer ".utf8)
        guard bytes.count > scheme.count, zip(bytes, scheme).allSatisfy({ $0 | 0x20 == $1 }) else {
            return nil
        }
        return Array(bytes.dropFirst(scheme.count).drop { $0 == 0x20 })
    }
}
