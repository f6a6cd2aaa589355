public import ImageModel
public import Observability

/// A login that takes one or more calls and yields a token for the list calls.
public protocol SessionAuthentication: Sendable {
    /// The call that comes next: for `.none` the first of a login, or of a refresh where `previous`
    /// carries a refresh token that still works.
    func request(
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> UpstreamRequest

    /// Reads the answer to that call. A refused refresh fails with `sessionExpired`: start again without
    /// `previous`. A refused login fails with `unauthorized`.
    func decode(
        _ response: UpstreamResponse,
        after step: SessionStep?,
        previous: Session?,
        date: Timestamp
    ) throws(UpstreamError) -> SessionProgress

    /// Whether a session should be renewed before it is used at `date`.
    func needsRenewal(_ session: Session, at date: Timestamp) -> Bool
}

/// What an intermediate call of a login yielded.
public struct SessionStep: Sendable, Hashable {
    public var value: Redacted<String>

    public init(_ value: String) {
        self.value = Redacted(value)
    }
}

public enum SessionProgress: Sendable, Hashable {
    case next(SessionStep)
    case established(Session)
}

/// A logged-in state, cached and renewed single-flight by whoever drives the adapter.
public struct Session: Sendable, Hashable {
    public var token: Redacted<String>
    public var refreshToken: Redacted<String>?
    /// By our clock; `nil` where nobody noted it.
    public var beganAt: Timestamp?
    /// `nil` where the provider does not say.
    public var expiresAt: Timestamp?

    public init(
        token: String,
        refreshToken: String? = nil,
        beganAt: Timestamp? = nil,
        expiresAt: Timestamp? = nil
    ) {
        self.token = Redacted(token)
        self.refreshToken = refreshToken.map { Redacted($0) }
        self.beganAt = beganAt
        self.expiresAt = expiresAt
    }

    /// Whether less than `margin` is left of it, or less than a quarter of its life where that is shorter, so that no
    /// token is renewed before each use. One that ended before it began says that a clock is wrong: then only the
    /// provider knows when it is over, and says so.
    public func isEnding(at date: Timestamp, margin: Duration) -> Bool {
        guard let expiresAt else { return false }
        let lifetime = beganAt?.duration(to: expiresAt)
        if let lifetime, lifetime <= .zero { return false }
        return date.duration(to: expiresAt) < min(margin, lifetime.map { $0 / 4 } ?? margin)
    }
}
