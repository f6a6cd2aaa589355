internal import Federation
internal import JSONText
internal import Observability
internal import Upstreams

extension UpstreamEntry {
    /// Returns where the value of `age_seconds` stands. Every list answer has one of these per upstream, so
    /// the names are written as they are.
    @discardableResult
    func write(to writer: inout JSONWriter) -> Int {
        var ageOffset = 0
        writer.object { writer in
            writer.fragment(name.json)
            writer.fragment(",\"state\":")
            writer.string(state.rawValue)
            writer.fragment(",\"matched\":")
            writer.integer(matched)
            writer.fragment(",\"fetched_at\":")
            writer.string(fetchedAt)
            writer.fragment(",\"age_seconds\":")
            ageOffset = writer.bytes.count
            if let age { writer.integer(age.wholeSeconds) } else { writer.null() }
            writer.fragment(",\"latency_ms\":")
            if let latency { writer.integer(latency.wholeMilliseconds) } else { writer.null() }
            writer.fragment(",\"error\":")
            if let error { error.write(to: &writer) } else { writer.null() }
            if let explanation { write(explanation, to: &writer) }
        }
        return ageOffset
    }

    private func write(_ explanation: Explanation, to writer: inout JSONWriter) {
        writer.key("explain")
        writer.object { writer in
            Self.write(explanation.pushedDown, named: "pushed_down", to: &writer)
            Self.write(explanation.couldPushDown, named: "could_push_down", to: &writer)
            writer.member("filtered_here", explanation.images)
            writer.member("breaker", explanation.breaker.name)
            writer.member(
                "next_probe_seconds",
                optional: explanation.breaker.nextProbe.map(\.roundedUpSeconds)
            )
            Self.write(explanation.cache, to: &writer)
            writer.member("walks", explanation.walks)
            writer.member("calls", explanation.calls)
            writer.member("retries", explanation.retries)
            writer.member("waited_ms", explanation.waited.wholeMilliseconds)
            Self.write(drift: explanation.drift, to: &writer)
        }
    }

    private static func write(_ cache: Cache, to writer: inout JSONWriter) {
        writer.key("cache")
        writer.object { writer in
            writer.member("state", cache.state.rawValue)
            writer.member("images", optional: cache.images)
            writer.member("age_seconds", optional: cache.age.map { $0.components.seconds })
            writer.member("ttl_seconds", cache.ttl.components.seconds)
            writer.member("loading", cache.isLoading)
        }
    }

    /// What answers held that their description does not, by word.
    static func write(drift: [String: Int], to writer: inout JSONWriter) {
        writer.key("schema_drift")
        writer.object { writer in
            for (word, count) in drift.sorted(by: { $0.key < $1.key }) {
                writer.member(word, count)
            }
        }
    }

    private static func write(
        _ parameters: [Pushdown.Parameter],
        named name: String,
        to writer: inout JSONWriter
    ) {
        writer.key(name)
        writer.object { writer in
            for parameter in parameters { writer.member(parameter.name, parameter.values) }
        }
    }
}

extension UpstreamError {
    /// An RFC 9457 object with `retryable` and `retry_after_seconds`. `status` is the upstream's.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", "urn:image-gateway:problem:\(code.rawValue)")
            writer.member("title", title)
            writer.member("status", optional: status)
            writer.member("detail", message)
            writer.member("provider_code", providerCode)
            writer.member("retryable", isRetryable)
            writer.member("retry_after_seconds", optional: retryAfter.map(\.roundedUpSeconds))
        }
    }

    private var title: String {
        let words = code.rawValue.split(separator: "-").joined(separator: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }
}

extension Duration {
    var wholeSeconds: Int64 { wholeNanoseconds / 1_000_000_000 }

    var wholeMilliseconds: Int64 { wholeNanoseconds / 1_000_000 }

    /// At least 1.
    var roundedUpSeconds: Int64 {
        let (seconds, attoseconds) = components
        return max(1, seconds + (attoseconds > 0 ? 1 : 0))
    }
}
