import HTTPWire
import JSONText
import Testing

@testable import ProviderSimulators

@Suite struct ControlTests {
    private static let providers = SimulatedProvider.allCases.map(\.rawValue)

    @Test("The same seed gives the same bytes, another seed others", arguments: providers)
    func seeds(provider: String) async {
        let target = "/__simulator/truth?provider=\(provider)"
        let first = await Simulation(seed: 5).send("GET", target).body
        let second = await Simulation(seed: 5).send("GET", target).body
        let other = await Simulation(seed: 6).send("GET", target).body
        #expect(first == second)
        #expect(first != other)
    }

    @Test("Ids are unique and lead back to their rows", arguments: [UInt64(1), 2, 3])
    func identifiers(seed: UInt64) {
        func check<Row: ProviderImage>(_ row: Row.Type) {
            let edition = Edition(provider: Row.provider, count: 3000, seed: seed)
            let ids = (0..<3000).map { Row.nativeID(of: $0, in: edition) }
            #expect(Set(ids).count == 3000)
            #expect(ids.map { Row.liveSerial(of: $0, in: edition) } == Array(0..<3000))
            let beyond = Row.nativeID(of: 3000, in: edition)
            #expect(Row.liveSerial(of: beyond, in: edition) == nil)
        }
        check(AriesImage.self)
        check(ZenlayerImage.self)
        check(HuaweiImage.self)
        check(TencentImage.self)
        check(GMIImage.self)
    }

    @Test("Added images come first, removed ones vanish, edited ones change", arguments: providers)
    func changes(provider: String) async throws {
        let simulation = Simulation(imageCount: 50)
        let before = try await simulation.truth(provider)
        let ids = before.texts("native_id")
        let answer = try await simulation.change(
            #"{"provider":"\#(provider)","add":3,"remove":["\#(ids[9])","none"],"touch":["\#(ids[20])"]}"#
        )
        let added = try #require(answer["ids"]?["added"]?.arrayValue).compactMap(\.stringValue)
        #expect(added.count == 3)
        #expect(answer["unknown"] == .array([.string("none")]))
        #expect(answer["total"]?.integerValue == 52)
        let after = try await simulation.truth(provider)
        var expected = ids
        expected.remove(at: 9)
        #expect(after.texts("native_id") == added.reversed() + expected)
        let edited = try #require(after.first { $0["native_id"]?.stringValue == ids[20] })
        #expect(edited["name"]?.stringValue?.hasSuffix("-edit1") == true || provider == "aries")
        #expect(edited != before[20])
        #expect(after.filter { !before.contains($0) }.count == 4)
    }

    @Test("A count removes the oldest and edits the newest")
    func changesByCount() async throws {
        let simulation = Simulation(imageCount: 10)
        let ids = try await simulation.truth("aries").texts("native_id")
        let answer = try await simulation.change(#"{"provider":"aries","remove":4,"touch":2}"#)
        #expect(answer["removed"]?.integerValue == 4)
        let touched = answer["ids"]?["touched"]?.arrayValue?.compactMap(\.stringValue)
        #expect(touched == Array(ids[..<2]))
        #expect(try await simulation.truth("aries").texts("native_id") == Array(ids[..<6]))
    }

    @Test("Truth is cut by offset and limit")
    func truthPages() async throws {
        let simulation = Simulation()
        let all = try await simulation.truth("gmi")
        #expect(try await simulation.truth("gmi", "&offset=30&limit=20") == Array(all[30..<50]))
        #expect(try await simulation.truth("gmi", "&offset=500").isEmpty)
        let answer = await simulation.send("GET", "/__simulator/truth?provider=gmi&limit=-1")
        #expect(answer.status == 400)
    }

    @Test("Requests are counted by provider, page, error and route")
    func counts() async throws {
        let simulation = Simulation()
        let key = ["x-api-key": "simulator-token"]
        _ = await simulation.send("GET", "/aries/api/v1/image/list", key)
        _ = await simulation.send("GET", "/aries/api/v1/image/list")
        _ = await simulation.send("POST", "/", body: "{}")
        let counts = try await simulation.send("GET", "/__simulator/requests").json
        #expect(counts["total"]?.integerValue == 3)
        #expect(counts["requests"]?["aries"]?.integerValue == 2)
        let aries = try #require(counts["providers"]?["aries"])
        #expect(aries["pages"]?.integerValue == 1)
        #expect(aries["rows"]?.integerValue == 120)
        #expect(aries["errors"]?.integerValue == 1)
        #expect(aries["routes"]?["GET /aries/api/v1/image/list"]?.integerValue == 2)
        #expect(counts["providers"]?["tencent-cvm"]?["errors"]?.integerValue == 1)
        _ = await simulation.send("POST", "/__simulator/requests:reset")
        let reset = try await simulation.send("GET", "/__simulator/requests").json
        #expect(reset["total"]?.integerValue == 0)
    }

    @Test("Control routes answer loopback peers only")
    func loopback() async {
        for peer in ["192.0.2.1", "", "10.0.0.7"] {
            let answer = await Simulation().send(
                "GET",
                "/__simulator/truth?provider=gmi",
                peer: peer
            )
            #expect(answer.status == 403)
        }
        #expect(await Simulation().send("GET", "/__simulator/requests", peer: "::1").status == 200)
    }

    @Test(
        "A control request that cannot be understood is 400",
        arguments: [
            "", "[]", "{}", #"{"provider":"acme"}"#, #"{"provider":"gmi","add":-1}"#,
            #"{"provider":"gmi","add":"1"}"#, #"{"provider":"gmi","drop":1}"#,
            #"{"provider":"gmi","remove":[true]}"#,
        ]
    )
    func badChanges(body: String) async {
        let answer = await Simulation().send("POST", "/__simulator/images", body: body)
        #expect(answer.status == 400)
    }

    @Test("An unknown route is 404 and lists the paths of every dialect")
    func unknownRoute() async {
        let answer = await Simulation().send("GET", "/nothing")
        #expect(answer.status == 404)
        for provider in Self.providers { #expect(answer.text.contains(provider)) }
    }

    @Test("Latency delays provider calls and not control routes")
    func latency() async {
        let simulation = Simulation(latency: .milliseconds(20))
        _ = await simulation.send("GET", "/__simulator/requests")
        #expect(simulation.slept.isEmpty)
        _ = await simulation.send("GET", "/api/v1/images")
        #expect(simulation.slept == [.milliseconds(20)])
    }
}
