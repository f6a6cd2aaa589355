internal import Caching
internal import HTTPWire

/// The request's own caching wishes (RFC 9111 §5.2.1). Unknown or malformed directives are ignored, as
/// the RFC asks.
enum RequestDirectives {
    static func demand(_ fields: [HTTPField]) -> FreshnessDemand {
        var demand = FreshnessDemand()
        let text = fields.combinedValue(of: "cache-control") ?? ""
        // RFC 9111 §5.4: `Pragma: no-cache` counts only without Cache-Control.
        if text.isEmpty, fields.combinedValue(of: "pragma")?.lowercased() == "no-cache" {
            demand.mustRevalidate = true
        }
        for directive in text.lowercased().split(separator: ",") {
            let words = directive.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
            let name = words.prefix { $0 != "=" }
            let seconds = Int64(words.dropFirst(name.count + 1)).map { max(0, min($0, 1 << 31)) }
            switch name {
            case "no-cache": demand.mustRevalidate = true
            case "max-age": demand.maxAge = seconds.map { .seconds($0) } ?? demand.maxAge
            case "max-stale": demand.maxStale = .seconds(seconds ?? 1 << 31)
            case "only-if-cached": demand.onlyIfCached = true
            default: break
            }
        }
        return demand
    }
}
