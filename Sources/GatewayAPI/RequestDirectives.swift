internal import Caching
internal import HTTPWire

/// The request's own caching wishes (RFC 9111 §5.2.1). Unknown or malformed directives are ignored, as
/// the RFC asks.
enum RequestDirectives {
    static func demand(_ fields: [HTTPField]) -> FreshnessDemand {
        var demand = FreshnessDemand()
        if fields.isEmpty { return demand }
        let text = fields.combinedValue(of: "cache-control") ?? ""
        // RFC 9111 §5.4: `Pragma: no-cache` counts only without Cache-Control.
        if text.isEmpty, fields.combinedValue(of: "pragma")?.lowercased() == "no-cache" {
            demand.mustRevalidate = true
        }
        for directive in text.lowercased().split(separator: ",") {
            let words = directive.filter { $0 != " " && $0 != "\t" && $0 != "\"" }
            let name = words.prefix { $0 != "=" }
            let seconds = seconds(words.dropFirst(name.count + 1))
            switch name {
            case "no-cache": demand.mustRevalidate = true
            case "max-age": demand.maxAge = seconds.map { .seconds($0) } ?? demand.maxAge
            case "max-stale" where words.count == name.count:
                demand.maxStale = .seconds(Self.secondsMax)
            case "max-stale": demand.maxStale = seconds.map { .seconds($0) } ?? demand.maxStale
            case "min-fresh": demand.minFresh = seconds.map { .seconds($0) } ?? demand.minFresh
            case "no-store": demand.noStore = true
            case "only-if-cached": demand.onlyIfCached = true
            default: break
            }
        }
        return demand
    }

    /// RFC 9111 §1.2.2: more than this is as good as this.
    private static let secondsMax: Int64 = 1 << 31

    private static func seconds(_ text: some StringProtocol) -> Int64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return nil
        }
        return min(Int64(text) ?? secondsMax, secondsMax)
    }
}
