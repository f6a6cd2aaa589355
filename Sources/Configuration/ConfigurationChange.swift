/// What a reload changes.
public struct ConfigurationChange: Sendable, Hashable {
    /// Ids, in the order of the new configuration.
    public var upstreamsAdded: [String]
    /// Ids, in the order of the old configuration.
    public var upstreamsRemoved: [String]
    /// In the order of the new configuration.
    public var upstreamsChanged: [UpstreamChange]
    /// Whether upstreams that both have stand in another order: precedence of merged images changes.
    public var isUpstreamOrderChanged: Bool
    /// Other keys that differ, for example `listen.tls`, `clients`, `cursor_key`, in the schema's order.
    public var keysChanged: [String]
    /// Keys that a running gateway cannot take over and that differ from what runs; the rest of the reload may
    /// proceed.
    public var keysThatNeedRestart: [String]
    /// Keys of that kind that no longer differ from what runs.
    public var keysTakenBack: [String]

    /// An upstream that both configurations have.
    public struct UpstreamChange: Sendable, Hashable {
        public var id: String
        /// Keys that differ, for example `ttl`, `credentials`, in the schema's order.
        public var keys: [String]

        public init(id: String, keys: [String]) {
            self.id = id
            self.keys = keys
        }
    }

    /// What differs between two configurations; `running` is the one that the gateway was started with. Of
    /// files that both name, those of trusted authorities are compared, not those of certificates: a reload reads them
    /// anew in any case.
    public static func between(
        _ old: GatewayConfiguration,
        _ new: GatewayConfiguration,
        running: GatewayConfiguration
    ) -> ConfigurationChange {
        let before = Dictionary(old.upstreams.map { ($0.id, $0) }) { first, _ in first }
        let after = Set(new.upstreams.map(\.id))
        let changed = new.upstreams.compactMap { upstream in
            before[upstream.id].flatMap { upstream.change(from: $0) }
        }
        let kept = old.upstreams.map(\.id).filter(after.contains)
        let differing = GatewayConfiguration.comparisons.filter { !$0.isSame(old, new) }
        let fixed = GatewayConfiguration.comparisons.filter(\.isFixed)
        return ConfigurationChange(
            upstreamsAdded: new.upstreams.map(\.id).filter { before[$0] == nil },
            upstreamsRemoved: old.upstreams.map(\.id).filter { !after.contains($0) },
            upstreamsChanged: changed,
            isUpstreamOrderChanged: kept != new.upstreams.map(\.id).filter { before[$0] != nil },
            keysChanged: differing.filter { !$0.isFixed }.map(\.key),
            keysThatNeedRestart: fixed.filter { !$0.isSame(running, new) }.map(\.key),
            keysTakenBack: differing.filter { $0.isFixed && $0.isSame(running, new) }.map(\.key)
        )
    }

    /// Nothing differs.
    public var isEmpty: Bool {
        upstreamsAdded.isEmpty && upstreamsRemoved.isEmpty && upstreamsChanged.isEmpty
            && !isUpstreamOrderChanged && keysChanged.isEmpty && keysThatNeedRestart.isEmpty
            && keysTakenBack.isEmpty
    }

    /// Whether a key is among those that differ.
    public func names(_ key: String) -> Bool {
        keysChanged.contains(key) || keysThatNeedRestart.contains(key)
            || keysTakenBack.contains(key)
    }

    public init(
        upstreamsAdded: [String] = [],
        upstreamsRemoved: [String] = [],
        upstreamsChanged: [UpstreamChange] = [],
        isUpstreamOrderChanged: Bool = false,
        keysChanged: [String] = [],
        keysThatNeedRestart: [String] = [],
        keysTakenBack: [String] = []
    ) {
        self.upstreamsAdded = upstreamsAdded
        self.upstreamsRemoved = upstreamsRemoved
        self.upstreamsChanged = upstreamsChanged
        self.isUpstreamOrderChanged = isUpstreamOrderChanged
        self.keysChanged = keysChanged
        self.keysThatNeedRestart = keysThatNeedRestart
        self.keysTakenBack = keysTakenBack
    }
}

extension ConfigurationChange: CustomStringConvertible {
    /// One line for the log: `added: a; changed: b (ttl, credentials); clients; loops (after a restart)`.
    public var description: String {
        guard !isEmpty else { return "nothing changed" }
        var parts: [String] = []
        if !upstreamsAdded.isEmpty {
            parts.append("added: \(upstreamsAdded.joined(separator: ", "))")
        }
        if !upstreamsRemoved.isEmpty {
            parts.append("removed: \(upstreamsRemoved.joined(separator: ", "))")
        }
        parts += upstreamsChanged.map { "changed: \($0.id) (\($0.keys.joined(separator: ", ")))" }
        if isUpstreamOrderChanged { parts.append("order of upstreams") }
        parts += keysChanged
        parts += keysThatNeedRestart.map { "\($0) (after a restart)" }
        parts += keysTakenBack.map { "\($0) (again as it runs)" }
        return parts.joined(separator: "; ")
    }
}
