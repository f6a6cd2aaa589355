internal import MonotonicTime
internal import WebTokens

/// A client that was recognised, and how long that holds.
struct Recognized: Sendable {
    let client: ClientDirectory.Client
    /// `nil`: until the configuration changes.
    var expires: MonotonicClock.Instant?
    /// The keys that a token was checked with.
    var keys: Keys?

    struct Keys: Sendable {
        let store: KeySetStore
        let generation: UInt64
    }

    init(client: ClientDirectory.Client, expires: MonotonicClock.Instant? = nil, keys: Keys? = nil)
    {
        self.client = client
        self.expires = expires
        self.keys = keys
    }

    /// Whether the client may still be taken for recognised.
    func isCurrent(now: MonotonicClock.Instant) -> Bool {
        guard let expires else { return true }
        return now < expires && (keys.map { $0.generation == $0.store.generation } ?? true)
    }
}

/// What became of something that a caller showed.
enum Recognition {
    case known(Recognized)
    /// A token that is not good, or not for any client.
    case refused(TokenFailure)
    /// A token whose key is not among those at hand; newer ones of these sets may have it. If they do not, it is refused
    /// with that reason.
    case unknownKey([KeySetStore], keyID: String, TokenFailure)
    /// The same where newer ones could not be had; they can be asked for again in this time.
    case uncheckable(retryAfter: Duration)
    /// A certificate that no client has.
    case foreignCertificate
    /// No key of a client.
    case nobody
}
