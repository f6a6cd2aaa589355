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

    /// What differs between two configurations. Files that are named in both (certificates) are not
    /// compared: a reload reads them anew in any case.
    public static func between(
        _ old: GatewayConfiguration,
        _ new: GatewayConfiguration
    ) -> ConfigurationChange {
        let before = Dictionary(old.upstreams.map { ($0.id, $0) }) { first, _ in first }
        let after = Set(new.upstreams.map(\.id))
        let changed = new.upstreams.compactMap { upstream in
            before[upstream.id].flatMap { upstream.change(from: $0) }
        }
        let kept = old.upstreams.map(\.id).filter(after.contains)
        return ConfigurationChange(
            upstreamsAdded: new.upstreams.map(\.id).filter { before[$0] == nil },
            upstreamsRemoved: old.upstreams.map(\.id).filter { !after.contains($0) },
            upstreamsChanged: changed,
            isUpstreamOrderChanged: kept != new.upstreams.map(\.id).filter { before[$0] != nil },
            keysChanged: GatewayConfiguration.comparisons.filter { !$0.isSame(old, new) }.map(\.key)
        )
    }

    /// Nothing differs.
    public var isEmpty: Bool {
        upstreamsAdded.isEmpty && upstreamsRemoved.isEmpty && upstreamsChanged.isEmpty
            && !isUpstreamOrderChanged && keysChanged.isEmpty
    }

    /// Changed keys that a running gateway cannot take over; the rest of the reload may proceed.
    public var keysThatNeedRestart: [String] {
        let fixed: Set<String> = ["listen.address", "admin.address", "loops", "state_directory"]
        return keysChanged.filter(fixed.contains)
    }

    public init(
        upstreamsAdded: [String] = [],
        upstreamsRemoved: [String] = [],
        upstreamsChanged: [UpstreamChange] = [],
        isUpstreamOrderChanged: Bool = false,
        keysChanged: [String] = []
    ) {
        self.upstreamsAdded = upstreamsAdded
        self.upstreamsRemoved = upstreamsRemoved
        self.upstreamsChanged = upstreamsChanged
        self.isUpstreamOrderChanged = isUpstreamOrderChanged
        self.keysChanged = keysChanged
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
        let late = Set(keysThatNeedRestart)
        parts += keysChanged.map { late.contains($0) ? "\($0) (after a restart)" : $0 }
        return parts.joined(separator: "; ")
    }
}
