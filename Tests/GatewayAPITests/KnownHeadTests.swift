import Configuration
import Cryptography
import Federation
import HTTPWire
import Testing

@testable import GatewayAPI

@Suite("Heads that come again")
struct KnownHeadTests {
    private let target = "/v1/images?limit=3"

    private func clients(_ ids: [String], burst: Int? = nil) -> [ClientConfiguration] {
        ids.map { id in
            var client = ClientConfiguration(
                id: id,
                identity: .key(sha256: Digest.sha256.hash(Array(id.utf8))),
                upstreams: id == "one" ? .only(["seen"]) : .all
            )
            if let burst { client.rateLimit = ClientRateLimit(requestsPerSecond: 1, burst: burst) }
            return client
        }
    }

    /// The first question is answered warm, the second is stored, the third is found.
    private func heat(_ cloud: SampleCloud, _ lines: [String] = []) async throws {
        _ = await cloud.get("/v1/images", [HTTPField("x-api-key", "all")])
        for _ in 0..<3 { _ = try cloud.atOnce(target, lines) }
    }

    /// Without the id of the request.
    private func body(_ answer: String?) -> Substring? {
        answer.flatMap { text in
            text.firstRange(of: "\r\n\r\n").map { text[$0.upperBound...] }
        }
    }

    @Test("Bytes met before are answered as when they were read, under an id of their own")
    func same() async throws {
        let cloud = try SampleCloud()
        try await heat(cloud)
        let read = try cloud.atOnce(target)
        let again = cloud.again(target)
        #expect(body(again) != nil)
        #expect(body(again) == body(read))
        #expect(again != read)
        #expect(cloud.again(target) != again)
    }

    @Test("What was not met, is not hot yet or asks to close is read")
    func unknown() async throws {
        let cloud = try SampleCloud()
        #expect(cloud.again(target) == nil)
        _ = await cloud.get("/v1/images")
        _ = try cloud.atOnce(target)
        #expect(cloud.again(target) == nil)
        try await heat(cloud, ["Connection: close"])
        #expect(cloud.again(target, ["Connection: close"]) == nil)
        try await heat(cloud)
        #expect(cloud.again(target) != nil)
        #expect(cloud.again(target + "0") == nil)
        #expect(cloud.again(target, ["Cache-Control: no-cache"]) == nil)
    }

    @Test("Each caller's bytes lead to that caller's answer, however many callers there are")
    func callers() async throws {
        let ids = ["all", "one"] + (0..<40).map { "client\($0)" }
        let cloud = try SampleCloud(clients: clients(ids))
        for id in ids { try await heat(cloud, ["X-API-Key: \(id)"]) }
        for id in ids {
            guard let answer = cloud.again(target, ["X-API-Key: \(id)"]) else { continue }
            #expect(answer.contains("hidden") == (id != "one"))
        }
        // Others may have taken its place meanwhile; the last to come has one.
        try await heat(cloud, ["X-API-Key: one"])
        #expect(cloud.again(target, ["X-API-Key: one"])?.contains("hidden") == false)
        #expect(cloud.again(target, ["X-API-Key: nobody"]) == nil)
    }

    @Test("A rate limit holds for heads that come again, too")
    func rate() async throws {
        let cloud = try SampleCloud(clients: clients(["all"], burst: 6))
        let key = ["X-API-Key: all"]
        try await heat(cloud, key)
        // Four are used up: one for the list, three for the heat.
        var answered = 0
        while cloud.again(target, key) != nil { answered += 1 }
        #expect(answered == 2)
        #expect(try cloud.atOnce(target, key) == nil)
    }

    @Test("A list that changed ends what was known of a head")
    func changed() async throws {
        let cloud = try SampleCloud()
        try await heat(cloud)
        #expect(cloud.again(target) != nil)
        cloud.nodes[0].purge()
        #expect(cloud.again(target) == nil)
    }
}
