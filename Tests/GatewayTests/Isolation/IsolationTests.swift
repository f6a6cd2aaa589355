import Federation
import GatewayAPI
import Glibc
import HTTPWire
import JSONText
import MonotonicTime
import TestKit
import Testing
import Upstreams

@testable import image_gateway

/// What one client gets is what a gateway with its upstreams alone answers; nothing else shows through a shared list,
/// answer, cursor or flight. `ISOLATION_QUERIES=10000` asks more, `ISOLATION_SEED` repeats a run.
@Suite struct IsolationTests {
    private let setup: IsolatedGateway
    private let seed = IsolationTests.number("ISOLATION_SEED") ?? .random(in: 1...(.max))
    private let queryCount = Int(IsolationTests.number("ISOLATION_QUERIES") ?? 250)

    init() throws { setup = try IsolatedGateway(images: 40) }

    private static func number(_ name: String) -> UInt64? {
        getenv(name).flatMap { UInt64(String(cString: $0)) }
    }

    @Test(
        "Rows, counts, facets, cursors and explanations of random queries stay within each client's scope"
    )
    func queries() async throws {
        var targets = RandomTargets(seed: seed)
        var tally = IsolationTally()
        for index in 0..<queryCount {
            let query = targets.next()
            // Cold now and then: everybody joins the same walks.
            if targets.isOne(in: 25) {
                for node in setup.gateway.gateway.service.federation.nodes { node.purge() }
                tally.cold += 1
            }
            let cursors = try await ask(query, "seed \(seed), query \(index): \(query)", &tally)
            if targets.isOne(in: 4), let lender = targets.element(setup.clients),
                let borrower = targets.element(setup.clients), lender.id != borrower.id,
                let cursor = cursors[lender.id]
            {
                try await lend(query, cursor, from: lender, to: borrower, &tally)
            }
        }
        #expect(tally.rows > queryCount && tally.hot > queryCount && tally.lent > 0)
        print(
            "seen: 0 rows, counts, facets or cursors out of scope over \(queryCount * setup.clients.count) answers to "
                + "\(queryCount) random queries by \(setup.clients.count) clients (\(tally.rows) rows compared, "
                + "\(tally.hot) hot answers, \(tally.cold) cold rounds, \(tally.lent) foreign cursors refused; seed \(seed))"
        )
    }

    /// All clients at the same time, then each again from the cache. Returns the cursors they were given.
    private func ask(
        _ query: String,
        _ label: String,
        _ tally: inout IsolationTally
    ) async throws -> [String: String] {
        let target = "/v1/images?\(query)"
        let answers = await withTaskGroup(of: (Int, HTTPResponse).self) { group in
            for (index, client) in setup.clients.enumerated() {
                group.addTask {
                    (index, await setup.gateway.get(target, client.fields, peer: client.peer))
                }
            }
            return await group.reduce(into: [Int: HTTPResponse]()) { $0[$1.0] = $1.1 }
        }
        var cursors: [String: String] = [:]
        for (index, client) in setup.clients.enumerated() {
            let answer = try #require(answers[index])
            let expected = await client.reference.get(target)
            #expect(answer.status == expected.status, "\(client.id), \(label)")
            hold(answer.body + Self.head(answer), client, label)
            guard answer.status == 200, expected.status == 200 else { continue }
            let body = try JSONValue(parsing: answer.body)
            try compare(body, try JSONValue(parsing: expected.body), "\(client.id), \(label)")
            tally.rows += body["images"]?.arrayValue?.count ?? 0
            cursors[client.id] = body["next_cursor"]?.stringValue
            try await askAgain(target, client, answer.body, label, &tally)
        }
        return cursors
    }

    /// From finished bytes: stored at the second time, sent from the third on.
    private func askAgain(
        _ target: String,
        _ client: IsolatedGateway.Client,
        _ body: [UInt8],
        _ label: String,
        _ tally: inout IsolationTally
    ) async throws {
        let rows = Self.rows(of: body)
        for _ in 0..<3 {
            let bytes = try await setup.gateway.atOnce(target, client.fields, peer: client.peer)
            guard let bytes else { continue }
            hold(bytes, client, label)
            let begin = bytes.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound ?? 0
            #expect(Self.rows(of: Array(bytes[begin...])) == rows, "\(client.id), \(label)")
            tally.hot += 1
        }
    }

    /// One client's cursor is nobody else's; its own goes on where a gateway with these upstreams alone would.
    private func lend(
        _ query: String,
        _ cursor: String,
        from lender: IsolatedGateway.Client,
        to borrower: IsolatedGateway.Client,
        _ tally: inout IsolationTally
    ) async throws {
        let target = "/v1/images?\(query)&cursor=\(cursor)"
        let refused = await setup.gateway.get(target, borrower.fields, peer: borrower.peer)
        #expect(refused.status == 400)
        #expect(String(decoding: refused.body, as: UTF8.self).contains("problem:invalid-cursor"))
        #expect(try await setup.gateway.atOnce(target, borrower.fields, peer: borrower.peer) == nil)
        tally.lent += 1
        let own = await setup.gateway.get(target, lender.fields, peer: lender.peer)
        let first = try await lender.reference.json("/v1/images?\(query)")
        let next = try #require(first["next_cursor"]?.stringValue)
        let expected = try await lender.reference.json("/v1/images?\(query)&cursor=\(next)")
        try compare(
            try JSONValue(parsing: own.body),
            expected,
            "\(lender.id), next page of \(query)"
        )
    }

    @Test("Other routes and errors name what a client may see and nothing else")
    func routes() async throws {
        let all = try await setup.gateway.json("/v1/images?limit=1000", setup.clients[0].fields)
        let rows = all["images"]?.arrayValue ?? []
        for client in setup.clients {
            for row in rows {
                let id = try #require(row["id"]?.stringValue)
                // Regions may be called like upstreams; what the client wrote comes back.
                let named = client.hidden.first { id.contains($0) }
                let answer = await get("/v1/images/\(id)", client, naming: named)
                let expected = await client.reference.get("/v1/images/\(id)")
                #expect(answer.status == expected.status, "\(client.id) \(id)")
                if answer.status == 200 { #expect(answer.body == expected.body) }
            }
            let list = try JSONValue(parsing: await get("/v1/upstreams", client).body)
            let seen = list["upstreams"]?.arrayValue?.compactMap { $0["id"]?.stringValue }
            #expect(seen == client.scope)
            for target in Self.errors { _ = await get(target, client) }
            for id in client.hidden {
                // An upstream that is hidden and one that is not there are answered alike.
                let hidden = await get("/v1/images?upstream=\(id)&limit=3", client, naming: id)
                let absent = await get("/v1/images?upstream=up-absent&limit=3", client)
                #expect(hidden.status == 403 && absent.status == 403)
                #expect(Self.detail(hidden, id) == Self.detail(absent, "up-absent"))
            }
        }
    }

    private static let errors = [
        "/v1/images?upstrem=a", "/v1/images?upstream=up-", "/v1/images?upstream=up-tencent-",
        "/v1/images/none", "/v1/images/tencent-cvm:ap-guangzhou:none", "/v1/images?cursor=x",
        "/v1/images?provider=nobody", "/v1/nothing", "/v1/images?sort=upstream",
        "/v1/upstreams?x=1", "/openapi.json", "/", "/v1/images?deadline=1ms&require=complete",
    ]

    @Test("What a client asks is asked of its own upstreams alone")
    func walks() async throws {
        let setup = try IsolatedGateway(images: 5)
        let client = try #require(setup.clients.last)
        _ = await setup.gateway.get("/v1/images?facets=upstream", client.fields)
        _ = await setup.gateway.get("/v1/images/aries:up-aries:1", client.fields)
        for node in setup.gateway.gateway.service.federation.nodes {
            let calls = node.status(now: .now).calls.calls
            #expect((calls > 0) == client.scope.contains(node.id), "\(node.id): \(calls) calls")
        }
    }

    // MARK: Comparing

    private func get(
        _ target: String,
        _ client: IsolatedGateway.Client,
        naming named: String? = nil
    ) async -> HTTPResponse {
        let answer = await setup.gateway.get(target, client.fields, peer: client.peer)
        hold(answer.body + Self.head(answer), client, target, except: named)
        return answer
    }

    /// No byte of an answer tells of an upstream out of scope, what the client itself has written apart.
    private func hold(
        _ bytes: [UInt8],
        _ client: IsolatedGateway.Client,
        _ label: String,
        except named: String? = nil
    ) {
        let text = String(decoding: bytes, as: UTF8.self)
        for id in client.hidden where id != named {
            #expect(!text.contains(id), "\(client.id) sees \(id): \(label)")
        }
    }

    private func compare(_ answer: JSONValue, _ expected: JSONValue, _ label: String) throws {
        for member in ["images", "total", "complete", "facets"] {
            #expect(answer[member] == expected[member], "\(member), \(label)")
        }
        #expect(answer["next_cursor"]?.isNull == expected["next_cursor"]?.isNull, "\(label)")
        func entries(_ answer: JSONValue) -> [[JSONValue?]]? {
            answer["upstreams"]?.arrayValue?.map { [$0["id"], $0["matched"]] }
        }
        #expect(entries(answer) == entries(expected), "\(label)")
    }

    private static func head(_ answer: HTTPResponse) -> [UInt8] {
        Array(answer.fields.map { "\($0.name): \($0.value)\n" }.joined().utf8)
    }

    /// The rows and the count, as they are sent. A cursor tells the hour it was made in, which may have ended
    /// meanwhile, so of it only counts whether there is one.
    private static func rows(of body: [UInt8]) -> [UInt8] {
        let end = body.firstRange(of: Array("\"upstreams\":[".utf8))?.lowerBound ?? body.endIndex
        let head = Array(body[..<end])
        let mark = Array("],\"next_cursor\":\"".utf8)
        guard let cursor = head.firstRange(of: mark)?.upperBound,
            let close = head[cursor...].firstIndex(of: UInt8(ascii: "\""))
        else { return head }
        return Array(head[..<cursor] + head[close...])
    }

    private static func detail(_ answer: HTTPResponse, _ named: String) -> String {
        let body = try? JSONValue(parsing: answer.body)
        return (body?["detail"]?.stringValue ?? "").replacing(named, with: "…")
    }
}

/// What a run has looked at.
private struct IsolationTally {
    var rows = 0
    var hot = 0
    var cold = 0
    var lent = 0
}
