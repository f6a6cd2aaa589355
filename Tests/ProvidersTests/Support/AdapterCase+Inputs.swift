import ImageModel
import Upstreams

extension AdapterCase {
    /// Where a walk may stand, and where it never should.
    static let positions: [PagePosition] = [
        .first, .offset(0), .offset(100), .offset(-1), .offset(.max), .offset(.min),
        .number(1, after: 0), .number(2, after: 100), .number(0, after: 0),
        .number(.max, after: 1), .number(.min, after: 0), .number(2, after: -1),
        .number(2, after: .max), .marker(""), .marker("a"),
        .marker("a&b=c#d"), .marker("\r\nX-Evil: 1"), .marker("\u{0}位"), .link("/v2/images?a=b"),
        .link(""), .link("//evil.example/"), .link("https://evil.example/"), .link("/a b"),
        .link("/a\r\nX-Evil: 1"), .link("/\\evil.example"), .link("位"),
    ]

    /// Questions of all kinds, with values that nobody's API would like.
    static let queries: [ImageQuery] = {
        var queries: [ImageQuery] = []
        for text in [
            "a", "", "位\u{0}\r\n", "a=b", "a=b=c", "a:b", String(repeating: "a", count: 5_000),
        ] {
            var query = ImageQuery()
            (query.ids, query.names, query.words, query.regions) = ([text], [text], [text], [text])
            (query.tags, query.distributions, query.versions) = ([text], [text], [text])
            query.visibilities = Visibility.allCases
            query.statuses = ImageStatus.allCases
            queries.append(query)
        }
        for microseconds in [Int64.min, -1, 0, 1, .max] {
            var query = ImageQuery()
            query.createdAfter = Timestamp(microseconds: microseconds)
            query.updatedBefore = Timestamp(microseconds: microseconds)
            queries.append(query)
        }
        for (visibility, status) in zip(Visibility.allCases, ImageStatus.allCases) {
            var query = ImageQuery()
            (query.visibilities, query.statuses) = ([visibility], [status])
            queries.append(query)
        }
        return queries
    }()

    /// Keys whose values are proofs; the others are names that may be shown.
    static func isSecret(_ key: String) -> Bool {
        ["secret", "password", "token", "header_value"].contains { key.contains($0) }
            && key != "secret_id"
    }

    /// Tencent's API of 2017 documents a temporary token as a parameter of the query.
    func mayShowInURL(_ key: String) -> Bool {
        descriptor.name == "tencent-cvm" && dialect == "2017" && key == "token"
    }
}
