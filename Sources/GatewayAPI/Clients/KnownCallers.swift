internal import Caching
internal import Cryptography
internal import MonotonicTime

/// The callers that one loop has met, so that a key is digested, and a token's signature checked, once and not for
/// every request.
///
/// Owned by one loop. A caller is known by all it showed: found by a seeded hash, so that no time taken tells how much of
/// a guess was right, and then compared in constant time.
struct KnownCallers {
    private var callers: [Caller] = []
    /// In the order of `callers`; looked through instead of them.
    private var hashes: [UInt64] = []
    private let keyHash = KeyHash()
    /// Where the next one goes once all places are taken.
    private var next = 0

    /// Tokens are many more than clients: everybody who calls has one of their own. With heads of 16 KiB at most 4 MiB.
    static let countMax = 256

    /// An object of this loop's own: counting its references touches no memory of another loop.
    final class Caller {
        let key: [UInt8]
        /// Whether `key` is the fingerprint of a certificate and not what a caller wrote.
        let isCertificate: Bool
        let recognized: Recognized
        /// A copy, for the same reason.
        let id: String

        init(key: [UInt8], isCertificate: Bool, recognized: Recognized) {
            self.key = key
            self.isCertificate = isCertificate
            self.recognized = recognized
            id = String(decoding: Array(recognized.client.id.utf8), as: UTF8.self)
        }

        var client: ClientDirectory.Client { recognized.client }

        /// Whether what was shown still opens anything. For a key a look at one word.
        func isCurrent(now: MonotonicClock.Instant) -> Bool {
            recognized.expires == nil || recognized.isCurrent(now: now)
        }
    }

    /// The caller whose key or token stands in that range of `bytes`, if that still opens anything.
    func caller(
        key range: Range<Int>,
        of bytes: [UInt8],
        isCertificate: Bool = false,
        now: MonotonicClock.Instant
    ) -> Caller? {
        let key = bytes.span.extracting(range)
        guard let index = hashes.firstIndex(of: keyHash.of(key)) else { return nil }
        let caller = callers[index]
        let known = caller.key
        guard caller.isCertificate == isCertificate, isEqualInConstantTime(known.span, key),
            caller.isCurrent(now: now)
        else { return nil }
        return caller
    }

    /// Takes the place of what was known under the same key, else a free one, else the oldest.
    mutating func insert(
        _ recognized: Recognized,
        key: [UInt8],
        isCertificate: Bool = false
    ) -> Caller {
        let caller = Caller(key: key, isCertificate: isCertificate, recognized: recognized)
        let hash = keyHash.of(key.span)
        if let index = hashes.firstIndex(of: hash) {
            callers[index] = caller
        } else if callers.count < Self.countMax {
            callers.append(caller)
            hashes.append(hash)
        } else {
            callers[next] = caller
            hashes[next] = hash
            next = (next + 1) % Self.countMax
        }
        return caller
    }
}
