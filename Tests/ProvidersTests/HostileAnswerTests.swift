import ImageModel
import JSONText
import Providers
import Testing
import Upstreams

/// Answers that no provider should give. Each yields a page or a typed error, never a trap.
@Suite("Hostile answers")
struct HostileAnswerTests {
    /// What a page must hold whatever was read.
    static func check(_ page: ListPage, _ instance: AdapterCase) throws {
        for image in page.images {
            #expect(!image.nativeID.isEmpty && !image.name.isEmpty && !image.region.isEmpty)
            #expect(image.provider == instance.descriptor.name)
            guard case .object = try JSONValue(parsing: image.raw) else {
                Issue.record("raw is no object")
                continue
            }
            #expect((image.minDiskGB ?? 1) > 0 && (image.minRAMMB ?? 1) > 0)
            #expect((image.sizeBytes ?? 1) > 0 && (image.createdAt?.microseconds ?? 1) > 0)
        }
        #expect((page.total ?? 0) >= 0)
        #expect(page.drift.count <= 16 && page.drift.allSatisfy { $0.utf8.count <= 80 })
    }

    static func read(
        _ body: [UInt8],
        _ adapter: any ProviderAdapter,
        _ instance: AdapterCase
    ) throws {
        do {
            try check(
                adapter.decodePage(UpstreamResponse(status: 200, body: body), at: .first),
                instance
            )
        } catch let error as UpstreamError {
            let known: [UpstreamError.Code] = [
                .malformedAnswer, .upstreamFault, .throttled, .unauthorized, .forbidden,
                .notFound, .invalidRequest,
            ]
            #expect(known.contains(error.code))
        }
    }

    @Test("An object of more than 256 KiB is no image", arguments: AdapterCase.dialects)
    func longObject(instance: AdapterCase) throws {
        let adapter = try instance.adapterForFixtures()
        func page(_ body: [UInt8]) throws -> ListPage {
            try adapter.decodePage(UpstreamResponse(status: 200, body: body), at: .first)
        }
        let body = try Fixtures.read("\(instance.pages[0]).json")
        let first = try #require(page(body).images.first)
        let start = try #require(
            body.indices.first { body[$0...].starts(with: first.raw.prefix(16)) }
        )
        for (length, isKept) in [(2_000, true), (256 << 10, false)] {
            var longer = body
            let padding = "\"padding\":\"" + String(repeating: "x", count: length) + "\","
            longer.insert(contentsOf: padding.utf8, at: start + 1)
            let page = try page(longer)
            #expect(page.images.contains { $0.nativeID == first.nativeID } == isKept)
            #expect(page.unreadableCount == (isKept ? 0 : 1))
            #expect(page.drift.contains("row:size") == !isKept)
        }
    }

    @Test(
        "Fixture pages decode without drift into exactly the images beside them",
        arguments: AdapterCase.dialects
    )
    func fixtures(instance: AdapterCase) throws {
        let adapter = try instance.adapterForFixtures()
        for name in instance.pages {
            let page = try adapter.decodePage(
                UpstreamResponse(status: 200, body: try Fixtures.read("\(name).json")),
                at: .first
            )
            try Self.check(page, instance)
            let expected = String(decoding: try Fixtures.read("\(name).expected"), as: UTF8.self)
            let lines = expected.split(separator: "\n").map(String.init)
            #expect(page.images.map(\.summary) == lines, "\(name)")
            #expect(page.drift == [], "\(name)")
        }
    }

    @Test("Every page that breaks off is malformed", arguments: AdapterCase.dialects)
    func prefixes(instance: AdapterCase) throws {
        let adapter = try instance.adapterForFixtures()
        for body in try instance.shortPages().map(\.bytes) {
            for count in 0..<body.count {
                let response = UpstreamResponse(status: 200, body: Array(body[..<count]))
                let result = Result { try adapter.decodePage(response, at: .first) }
                guard case .failure(let error as UpstreamError) = result,
                    error.code == .malformedAnswer
                else {
                    Issue.record("\(count) bytes of a page are not malformed")
                    continue
                }
            }
        }
    }

    @Test("Every value of a page may be of every type", arguments: AdapterCase.dialects)
    func wrongTypes(instance: AdapterCase) throws {
        let adapter = try instance.adapterForFixtures()
        let richest = try instance.shortPages().max { $0.paths.count < $1.paths.count }
        for page in [richest].compactMap(\.self) {
            for path in page.paths {
                for value in Self.substitutes {
                    try Self.read(page.replacing(path[...], with: value).bytes, adapter, instance)
                }
            }
        }
    }

    static let substitutes: [JSONValue] = [
        .null, .string(""), .string("\u{0}\u{1F600}位"),
        .string(String(repeating: "x", count: 300)),
        .number("0"), .number("-1"), .number("1e400"), .number("99999999999999999999"),
        .number("0.5"), .bool(true), .array([]), .array([.null, .array([.object([])])]),
        .object([]), .object([.init("tags", .number("1")), .init("Key", .null)]),
        .string("9999-99-99T99:99:99Z"), .string("0001-01-01T00:00:00Z"),
    ]

    @Test(
        "A list of which no element can be an image is malformed, not empty",
        arguments: AdapterCase.dialects
    )
    func unreadableRows(instance: AdapterCase) throws {
        let adapter = try instance.adapterForFixtures()
        for name in instance.pages {
            let body = try Fixtures.read("\(name).json")
            func page(_ rows: [String]) throws -> ListPage {
                let ranges = try decode(body).objects.map(\.range)
                let (first, last) = (try #require(ranges.first), try #require(ranges.last))
                let list = Array(rows.joined(separator: ",").utf8)
                return try decode(body[..<first.lowerBound] + list + body[last.upperBound...])
            }
            func decode(_ body: [UInt8]) throws -> ListPage {
                try adapter.decodePage(UpstreamResponse(status: 200, body: body), at: .first)
            }
            guard let known = try decode(body).objects.first else { continue }
            for rows in [["null"], ["{}", "null"], ["[]", "7"], [#"{"id":null}"#]] {
                let error = #expect(throws: UpstreamError.self) { try page(rows) }
                #expect(error?.code == .malformedAnswer, "\(name): \(rows)")
            }
            let row = String(decoding: body[known.range], as: UTF8.self)
            #expect(try page(["null", row, "{}"]).images.count > 0)
        }
    }

    @Test("Pages with changed bytes yield pages or typed errors", arguments: AdapterCase.dialects)
    func changedBytes(instance: AdapterCase) throws {
        let adapter = try instance.adapterForFixtures()
        for body in try instance.shortPages().prefix(1).map(\.bytes) {
            for index in body.indices {
                var changed = body
                changed[index] = [0, 0x22, 0x5C, 0x7B, 0xFF][index % 5]
                try Self.read(changed, adapter, instance)
            }
        }
    }

    @Test("Whole answers of another kind are malformed", arguments: AdapterCase.dialects)
    func otherKinds(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        let deep = String(repeating: "[", count: 100_000)
        for text in [
            "", " ", "<html><body>502</body></html>", "17", "true", #""text""#, "{}", "NaN", "[}",
            deep, String(repeating: #"{"a":"#, count: 100_000), "{\"images\":[]} {}", "[] []",
            "[{\"id\":\"a\",}]", "\u{FEFF}[]", "{\"Response\":null}", "{\"response\":[]}",
            "{\"images\":{}}", "{\"Response\":{\"ImageSet\":\"\"}}",
            "{\"response\":{\"dataSet\":null}}", "{\"Response\":{\"ImageSet\":null}}",
        ] {
            let error = #expect(throws: UpstreamError.self, "\(text.prefix(40))") {
                try adapter.decodePage(UpstreamResponse(200, text), at: .first)
            }
            #expect(error?.code == .malformedAnswer)
        }
        let invalid: [UInt8] = Array("[\"".utf8) + [0xC3, 0x28] + Array("\"]".utf8)
        let error = #expect(throws: UpstreamError.self) {
            try adapter.decodePage(UpstreamResponse(status: 200, body: invalid), at: .first)
        }
        #expect(error?.code == .malformedAnswer)
    }

    @Test(
        "Unknown members are noted within bounds, and images without an id are skipped",
        arguments: AdapterCase.dialects
    )
    func unknownMembers(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        let page = try #require(try instance.shortPages().first)
        let list = try #require(page.pathOfList)
        let additions = (0..<100).map { JSONValue.Member("surprise<\($0)>", .number("1")) }
        let names = ["id", "imageId", "ImageId"].map { JSONValue.Member($0, .string("image-1")) }
        let rows = JSONValue.array([.object(additions), .number("1"), .null, .object(names)])
        let body = page.replacing(list[...], with: rows).bytes
        let result = try adapter.decodePage(
            UpstreamResponse(status: 200, body: body),
            at: .first
        )
        #expect(result.images.map(\.nativeID) == ["image-1"])
        #expect(result.drift.count == 16)
        #expect(result.drift.first == "unknown:surprise0")
    }

    static let statuses =
        [-1, 0, 100, 101, 201, 204, 206, 300, 301, 302, 304, 307, 308, 399]
        + [400, 401, 402, 403, 404, 405, 407, 408, 410, 413, 418, 425, 429, 451, 494, 499]
        + [500, 501, 502, 503, 504, 505, 520, 599, 600, 999]

    @Test(
        "Every status has a typed error that repeats nothing of the body",
        arguments: AdapterCase.all
    )
    func statuses(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        let bodies = [
            "", "<html>planted-body</html>",
            #"{"message":"planted-body","error_msg":"planted-body"}"#,
            #"{"code":"planted-body with blanks and 位","error":{"code":[]}}"#,
            #"{"Response":{"Error":{"Code":{},"Message":"planted-body"}}}"#,
            #"{"code":"\#(String(repeating: "a", count: 500))"}"#,
        ]
        for status in Self.statuses {
            for body in bodies {
                let error = #expect(throws: UpstreamError.self) {
                    try adapter.decodePage(UpstreamResponse(status, body), at: .first)
                }
                guard let error else { continue }
                #expect(error.status == status && !error.message.contains("planted"))
                #expect(error.providerCode.map { !$0.contains("planted") } ?? true)
                #expect((error.providerCode?.utf8.count ?? 0) <= 64)
                let isClientFault = (400..<500).contains(status)
                if isClientFault, ![408, 425, 429].contains(status) { #expect(!error.isRetryable) }
                if status == 304 {
                    #expect(error.code == .malformedAnswer)
                } else if (300..<400).contains(status) {
                    #expect(error.code == .redirectRefused)
                }
                if status == 429 { #expect(error.code == .throttled && error.isRetryable) }
                if [500, 502, 503, 504].contains(status) { #expect(error.isRetryable) }
                if status == 401 {
                    #expect(
                        error.code == (adapter.session == nil ? .unauthorized : .sessionExpired)
                    )
                }
            }
        }
    }

    @Test(
        "A wait that the provider asks for is believed up to an hour",
        arguments: AdapterCase.dialects
    )
    func retryAfter(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        for (text, wait) in [
            ("0", .seconds(0)), ("7", .seconds(7)), ("3600", .seconds(3_600)), ("3601", nil),
            ("99999999999999999999", nil), ("-1", nil), ("1.5", nil), ("", nil),
            ("Fri, 31 Dec 1999 23:59:59 GMT", nil),
        ] as [(String, Duration?)] {
            for status in [429, 503] {
                let error = #expect(throws: UpstreamError.self) {
                    try adapter.decodePage(
                        UpstreamResponse(status, "", ("retry-after", text)),
                        at: .first
                    )
                }
                #expect(error?.retryAfter == wait)
            }
        }
    }

    @Test("A wait until a date counts from the answer's own date, by its clock alone")
    func retryAfterDate() throws {
        let sent = ("date", "Fri, 31 Dec 1999 23:59:30 GMT")
        for (text, wait) in [
            ("Sat, 01 Jan 2000 00:00:10 GMT", .seconds(40)),
            ("Fri, 31 Dec 1999 23:59:00 GMT", .zero),
            ("Sat, 01 Jan 2000 01:00:00 GMT", nil), ("Sat, 01 Foo 2000 00:00:10 GMT", nil),
            ("Sat, 41 Jan 2000 00:00:10 GMT", nil), ("Sat, 01 Jan 2000 00:00:10 CET", nil),
        ] as [(String, Duration?)] {
            let error = #expect(throws: UpstreamError.self) {
                try Adapters.gmi().decodePage(
                    UpstreamResponse(429, "", ("retry-after", text), sent),
                    at: .first
                )
            }
            #expect(error?.retryAfter == wait, "\(text)")
        }
    }

    @Test(
        "Answers at positions that no walk has yield pages or typed errors",
        arguments: AdapterCase.dialects
    )
    func positions(instance: AdapterCase) throws {
        let adapter = try instance.adapter()
        let body = try Fixtures.read("\(try #require(instance.pages.first)).json")
        for position in AdapterCase.positions {
            do {
                let page = try adapter.decodePage(
                    UpstreamResponse(status: 200, body: body),
                    at: position
                )
                try Self.check(page, instance)
            } catch let error as UpstreamError {
                #expect(error.code == .pagingFault)
            }
        }
    }
}
