import HTTPWire
import TestKit
import Testing
import Upstreams

@testable import GatewayAPI

@Suite("Cache-Status and temperature")
struct CacheStatusTests {
    private static let targets = ["/v1/images", "/v1/images/gmi:us:1"]

    /// The field of one answer, without the numbers that follow it.
    private func status(
        _ cloud: SampleCloud,
        _ target: String,
        _ control: String? = nil
    ) async throws -> Substring {
        let fields = control.map { [HTTPField("cache-control", $0)] } ?? []
        let answer = await cloud.get(target, fields)
        #expect(answer.status == 200)
        let field = try #require(answer.fields.value(of: "cache-status"))
        #expect(field.hasPrefix("image-gateway; "))
        return field.dropFirst("image-gateway; ".count).prefix { $0 != ";" }
    }

    @Test("An answer says whether somebody was asked and why", arguments: targets)
    func reasons(_ target: String) async throws {
        let cloud = try SampleCloud()
        let policy = UpstreamPolicy()
        #expect(try await status(cloud, target) == "fwd=miss")
        #expect(try await status(cloud, target) == "hit")
        #expect(try await status(cloud, target, "max-age=60") == "hit")
        #expect(try await status(cloud, target, "no-cache") == "fwd=request")
        cloud.time.advance(by: .seconds(2))
        #expect(try await status(cloud, target, "max-age=1") == "fwd=request")
        cloud.time.advance(by: policy.ttl + policy.staleWhileRevalidate)
        #expect(try await status(cloud, target) == "fwd=stale")
        #expect(try await status(cloud, target) == "hit")
        #expect(
            cloud.temperatures == [.cold, .warm, .warm, .cold, .cold, .cold, .warm]
        )
    }

    @Test("Asking past the cache is no reason where nothing is kept", arguments: targets)
    func coldAnyway(_ target: String) async throws {
        #expect(try await status(SampleCloud(), target, "no-cache") == "fwd=miss")
    }

    @Test("What is too old is the reason, whatever the request wishes", arguments: targets)
    func staleAnyway(_ target: String) async throws {
        let cloud = try SampleCloud()
        _ = await cloud.get(target)
        cloud.time.advance(by: UpstreamPolicy().ttl * 2)
        #expect(try await status(cloud, target, "no-cache") == "fwd=stale")
    }

    @Test("A 304 is as warm as the answer that it stands for", arguments: targets)
    func notModified(_ target: String) async throws {
        let cloud = try SampleCloud()
        let tag = try #require(await cloud.get(target).fields.value(of: "etag"))
        let answer = await cloud.get(target, [HTTPField("if-none-match", tag)])
        #expect(answer.status == 304)
        #expect(answer.fields.value(of: "cache-status")?.hasPrefix("image-gateway; hit") == true)
        #expect(cloud.temperatures == [.cold, .warm])
    }

    @Test("What is no answer about images has no temperature")
    func none() async throws {
        let cloud = try SampleCloud()
        for target in ["/v1/upstreams", "/openapi.json", "/v1/images?limit=0", "/v1/images/a?b"] {
            _ = await cloud.get(target)
        }
        #expect(cloud.temperatures == [.none, .none, .none, .none])
    }
}
