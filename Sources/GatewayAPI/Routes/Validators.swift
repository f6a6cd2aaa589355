internal import Caching
internal import Catalogs
internal import Federation
internal import HTTPWire
internal import ImageModel
internal import MonotonicTime
internal import Upstreams

/// The caching fields of list answers (RFC 9110 §8.8, RFC 9111, RFC 9211).
enum Validators {
    static func append(
        _ tag: EntityTag,
        _ answer: ListAnswer,
        _ exchange: Exchange,
        _ request: ListRequest,
        now: MonotonicClock.Instant,
        to lines: inout HTTPFieldLines
    ) {
        let ages = answer.upstreams.indices.lazy.compactMap { answer.upstreams[$0].age }
        let age = ages.max()?.components.seconds ?? 0
        let remaining = answer.validUntil.map { max(0, now.duration(to: $0).components.seconds) }
        lines.append("etag", tag.write)
        lines.append("age") { $0.number(age) }
        lines.append("cache-control") { value in
            if request.demand.noStore { return value.literal("no-store") }
            // With keys the answer is the caller's own; incomplete answers are never worth keeping.
            if exchange.service.clients.isOpen {
                value.literal("public")
            } else {
                value.literal("private")
            }
            guard let remaining else { return value.literal(", no-cache") }
            value.literal(", max-age=")
            value.number(age + remaining)
        }
        lines.append("cache-status") { value in
            value.literal("image-gateway; ")
            write(answer, exchange, remaining: remaining, to: &value)
        }
        lines.append("vary") { value in
            value.text(exchange.service.vary)
            if !exchange.service.corsOrigins.isEmpty { value.literal(", origin") }
        }
    }

    /// Ages and latencies in the body move while the images, and the tag, stay the same.
    static func tag(_ answer: ListAnswer, _ exchange: Exchange) -> EntityTag {
        // A cursor lives three days: one that a 304 keeps alive must be younger than that.
        let day = answer.nextCursor == nil ? 0 : exchange.timekeeper.date.seconds / 86_400
        var hash = StableHash()
        hash.combine(answer.fingerprint, UInt64(bitPattern: day))
        hash.combine(exchange.request.target)
        hash.combine(exchange.client?.id)
        return EntityTag(hash)
    }

    /// How the answer came about (RFC 9211 §2).
    private static func write(
        _ answer: ListAnswer,
        _ exchange: Exchange,
        remaining: Int64?,
        to value: inout HTTPFieldValue
    ) {
        guard let reason = answer.forwarded else {
            value.literal("hit; ttl=")
            let isStale = answer.upstreams.indices.contains { answer.upstreams[$0].state == .stale }
            let excess = isStale ? staleness(answer, exchange.service.federation.nodes) : nil
            return value.number(excess.map { -$0 } ?? remaining ?? 0)
        }
        value.literal("fwd=")
        switch reason {
        case .request: value.literal("request")
        case .stale: value.literal("stale")
        case .miss: value.literal("miss")
        }
        if remaining != nil { value.literal("; stored") }
    }

    /// Seconds that the stalest list is past its `ttl`. One from before the start is stale however young it is, by 1.
    private static func staleness(_ answer: ListAnswer, _ nodes: [UpstreamNode]) -> Int64 {
        let excesses = answer.upstreams.map { entry -> Int64 in
            guard entry.state == .stale, let age = entry.age,
                let node = nodes.first(where: { $0.id == entry.id })
            else { return 1 }
            return (age - node.policy.ttl).components.seconds
        }
        return max(1, excesses.max() ?? 1)
    }

    /// Whether the caller has the answer of that tag already and is told so with 304. Fails with 412 where it insists on
    /// another one, which comes first (RFC 9110 §13.2.2). To be asked where the answer would be a good one (§13.2.1).
    static func isKnown(
        to fields: [HTTPField],
        _ tag: @autoclosure () -> String
    ) throws(Problem) -> Bool {
        if fields.isEmpty { return false }
        if let condition = fields.combinedValue(of: "if-match"), !holds(condition, tag()) {
            throw .preconditionFailed
        }
        return matches(fields.combinedValue(of: "if-none-match"), tag())
    }

    /// `If-Match` compares strongly (RFC 9110 §13.1.1): a weak tag is never the same as any.
    static func holds(_ condition: String, _ tag: String) -> Bool {
        let blanks: Set<Character> = [" ", "\t"]
        if condition.filter({ !blanks.contains($0) }) == "*" { return true }
        if tag.hasPrefix("W/") { return false }
        return condition.split(separator: ",").contains { item in
            item.drop { blanks.contains($0) }.prefix { !blanks.contains($0) } == tag
        }
    }

    /// `If-None-Match` compares weakly (RFC 9110 §13.1.2).
    static func matches(_ condition: String?, _ tag: @autoclosure () -> String) -> Bool {
        guard let condition else { return false }
        let tag = tag()
        if condition.filter({ $0 != " " }) == "*" { return true }
        let bare = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
        return condition.split(separator: ",").contains { item in
            let item = item.drop { $0 == " " || $0 == "\t" }
            let value = item.hasPrefix("W/") ? item.dropFirst(2) : item
            return value.prefix { $0 != " " && $0 != "\t" } == bare
        }
    }
}

/// A weak tag (RFC 9110 §8.8.3): it also stands on the compressed answer.
struct EntityTag {
    private let value: UInt128

    init(_ hash: StableHash) {
        value = hash.value
    }

    func write(to field: inout HTTPFieldValue) {
        field.literal("W/\"")
        field.hexadecimal(UInt64(truncatingIfNeeded: value >> 64))
        field.hexadecimal(UInt64(truncatingIfNeeded: value))
        field.literal("\"")
    }

    /// As it stands in `If-None-Match`.
    var text: String {
        var lines = HTTPFieldLines()
        lines.append("etag", write)
        return lines.fields[0].value
    }
}
