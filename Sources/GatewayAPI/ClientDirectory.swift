internal import Configuration
internal import Cryptography
internal import Federation

/// Who may call: keys are known by their SHA-256 alone and compared in constant time, all of them each
/// time, so that timing tells neither a key nor how many there are before it.
final class ClientDirectory: Sendable {
    private let clients: [Client]?

    /// One caller. The rate is shared by all loops, because the limit is the client's, not a loop's.
    final class Client: Sendable {
        let id: String
        let scope: Scope
        fileprivate let keyDigest: [UInt8]
        private let rate: ClientRate?

        fileprivate init(_ configuration: ClientConfiguration, now: ContinuousClock.Instant) {
            id = configuration.id
            keyDigest = configuration.keySHA256
            switch configuration.upstreams {
            case .all: scope = .all
            case .only(let ids): scope = .only(ids)
            }
            rate = configuration.rateLimit.map { ClientRate($0, now: now) }
        }

        /// `nil` where the request may pass, else how long until the next one may.
        func wait(now: ContinuousClock.Instant) -> Duration? {
            rate?.take(now: now)
        }

        /// Whether the next request would have to wait; takes nothing.
        func isLimited(now: ContinuousClock.Instant) -> Bool {
            rate?.isExhausted(now: now) == true
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
    /// Where the key stands in an `Authorization` value of the scheme `Bearer` (RFC 6750 §2.1; schemes have no
    /// case); `nil` for any other scheme.
    static func bearer(_ value: Range<Int>, of bytes: [UInt8]) -> Range<Int>? {
        let scheme: StaticString = "bearer "
        guard value.count > scheme.utf8CodeUnitCount else { return nil }
        for offset in 0..<scheme.utf8CodeUnitCount
        where bytes[value.lowerBound + offset] | 0x20 != scheme.utf8Start[offset] {
            return nil
        }
        let rest = bytes[value].dropFirst(scheme.utf8CodeUnitCount)
        return rest.drop { $0 == 0x20 }.indices
    }

    /// The key itself; `nil` for any other scheme.
    static func bearer(_ value: some Sequence<UInt8>) -> [UInt8]? {
        let bytes = Array(value)
        return bearer(bytes.indices, of: bytes).map { Array(bytes[$0]) }
    }
}
