internal import Caching
internal import Cryptography
internal import Federation
internal import HTTPWire
internal import ImageModel
internal import Upstreams

/// The caching fields of list answers (RFC 9110 §8.8, RFC 9111, RFC 9211).
enum Validators {
    static func fields(
        _ answer: ListAnswer,
        _ temperature: Temperature,
        _ exchange: Exchange,
        _ request: ListRequest,
        now: ContinuousClock.Instant
    ) -> [HTTPField] {
        let age = answer.upstreams.compactMap(\.age).max()?.components.seconds ?? 0
        let remaining = answer.validUntil.map { max(0, now.duration(to: $0).components.seconds) }
        return [
            HTTPField("etag", tag(answer, exchange)),
            HTTPField("age", String(age)),
            HTTPField("cache-control", control(exchange, request, age: age, remaining: remaining)),
            HTTPField("cache-status", status(answer, temperature, request, remaining: remaining)),
            HTTPField("vary", vary(exchange)),
        ]
    }

    /// Weak: ages and latencies in the body move while the images stay the same.
    private static func tag(_ answer: ListAnswer, _ exchange: Exchange) -> String {
        // A cursor lives three days: one that a 304 keeps alive must be younger than that.
        let day = answer.nextCursor == nil ? 0 : exchange.timekeeper.date.seconds / 86_400
        let identity =
            "\(answer.fingerprint) \(day) \(exchange.request.target) \(exchange.client?.id ?? "")"
        return "W/\"\(Hex.encode(Array(Digest.sha256.hash(identity).prefix(12))))\""
    }

    /// With keys the answer is the caller's own; incomplete answers are never worth keeping.
    private static func control(
        _ exchange: Exchange,
        _ request: ListRequest,
        age: Int64,
        remaining: Int64?
    ) -> String {
        if request.demand.noStore { return "no-store" }
        let audience = exchange.service.clients.isOpen ? "public" : "private"
        guard let remaining else { return "\(audience), no-cache" }
        return "\(audience), max-age=\(age + remaining)"
    }

    private static func status(
        _ answer: ListAnswer,
        _ temperature: Temperature,
        _ request: ListRequest,
        remaining: Int64?
    ) -> String {
        if temperature != .cold {
            let isStale = answer.upstreams.contains { $0.state == .stale }
            return "image-gateway; hit; ttl=\(isStale ? -1 : remaining ?? 0)"
        }
        let reason =
            request.demand.asksPastCache
            ? "request" : answer.upstreams.contains { $0.state == .stale } ? "stale" : "miss"
        return "image-gateway; fwd=\(reason)\(remaining == nil ? "" : "; stored")"
    }

    /// What answers depend on beside the target; that origins count, too, is added to every answer.
    static func vary(_ exchange: Exchange) -> String {
        var names = ["accept-encoding"]
        if !exchange.service.clients.isOpen { names += ["authorization", "x-api-key"] }
        return names.joined(separator: ", ")
    }

    /// `If-None-Match` compares weakly (RFC 9110 §13.1.2).
    static func matches(_ condition: String?, _ tag: String) -> Bool {
        guard let condition else { return false }
        if condition.filter({ $0 != " " }) == "*" { return true }
        let bare = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
        return condition.split(separator: ",").contains { item in
            let item = item.drop { $0 == " " || $0 == "\t" }
            let value = item.hasPrefix("W/") ? item.dropFirst(2) : item
            return value.prefix { $0 != " " && $0 != "\t" } == bare
        }
    }
}
