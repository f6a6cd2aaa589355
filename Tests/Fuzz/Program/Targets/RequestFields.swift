import Caching
import HTTPWire
import Observability

@testable import GatewayAPI

extension FuzzTarget {
    /// Values of the request fields that the routes read.
    static let requestFields = FuzzTarget(
        name: "request-fields",
        byteCountMax: 128,
        seeds: { fieldSeeds.map { Array($0.utf8) } }
    ) { bytes in
        let text = bytes.text
        let demand = RequestDirectives.demand([HTTPField("cache-control", text)])
        hold((demand.maxAge ?? .zero) >= .zero && (demand.maxStale ?? .zero) >= .zero, "\(demand)")
        _ = ContentNegotiation.takesJSON(text)
        _ = GzipEncoder.isAccepted(text)
        if Validators.matches(text, "W/\"0123456789abcdef01234567\"") {
            hold(text.contains("*") || text.contains("\"0123456789abcdef01234567\""), text)
        }
        if let context = TraceContext(traceparent: text) {
            let again = TraceContext(traceparent: context.traceparent)
            hold(again == context, context.traceparent)
        }
    }

    private static let fieldSeeds = [
        "no-cache, max-age=0, max-stale, max-stale=99999999999999999999, only-if-cached",
        "gzip;q=0.5, identity;q=0, *;q=0", "application/json;q=0.1, */*", "application/*",
        "W/\"0123456789abcdef01234567\", \"a\"", "*",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
    ]
}
