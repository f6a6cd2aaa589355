import Caching
import HTTPWire
import Testing

@testable import GatewayAPI

@Suite("RequestDirectives")
struct RequestDirectivesTests {
    private static let longest = Duration.seconds(1 << 31)

    @Test(
        "The caching wishes of a request are read; unknown and malformed ones ask nothing",
        arguments: [
            ("", FreshnessDemand()), ("no-store", FreshnessDemand(noStore: true)),
            ("max-age=abc", FreshnessDemand()),
            ("max-age", FreshnessDemand()), ("max-age=-1", FreshnessDemand()),
            ("max-age=", FreshnessDemand()),
            ("max-stale=abc", FreshnessDemand()), ("nocache", FreshnessDemand()),
            (",,", FreshnessDemand()),
            ("no-cache", FreshnessDemand(mustRevalidate: true)),
            ("No-Cache", FreshnessDemand(mustRevalidate: true)),
            ("max-age=0", FreshnessDemand(maxAge: .zero)),
            ("MAX-AGE=60", FreshnessDemand(maxAge: .seconds(60))),
            ("max-age=\"60\"", FreshnessDemand(maxAge: .seconds(60))),
            ("max-age=99999999999", FreshnessDemand(maxAge: longest)),
            ("max-age=99999999999999999999999", FreshnessDemand(maxAge: longest)),
            ("max-stale", FreshnessDemand(maxStale: longest)),
            ("max-stale=5", FreshnessDemand(maxStale: .seconds(5))),
            ("min-fresh=30", FreshnessDemand(minFresh: .seconds(30))),
            ("min-fresh", FreshnessDemand()),
            ("only-if-cached", FreshnessDemand(onlyIfCached: true)),
            (
                "max-age=1 , max-stale=2,\tonly-if-cached",
                FreshnessDemand(maxAge: .seconds(1), maxStale: .seconds(2), onlyIfCached: true)
            ),
        ]
    )
    func reads(_ text: String, expected: FreshnessDemand) {
        #expect(RequestDirectives.demand([HTTPField("cache-control", text)]) == expected)
    }

    @Test("Several lines are one list")
    func lines() {
        let fields = [
            HTTPField("cache-control", "max-age=1"), HTTPField("cache-control", "no-cache"),
        ]
        let expected = FreshnessDemand(mustRevalidate: true, maxAge: .seconds(1))
        #expect(RequestDirectives.demand(fields) == expected)
    }

    @Test("Pragma counts only without Cache-Control")
    func pragma() {
        let pragma = HTTPField("pragma", "No-Cache")
        #expect(RequestDirectives.demand([pragma]).mustRevalidate)
        #expect(
            !RequestDirectives.demand([pragma, HTTPField("cache-control", "max-age=5")])
                .mustRevalidate
        )
    }
}
