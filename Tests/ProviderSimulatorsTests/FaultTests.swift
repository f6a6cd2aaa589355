import HTTPWire
import JSONText
import Testing

@testable import ProviderSimulators

@Suite struct FaultTests {
    private static let list = "/aries/api/v1/image/list"
    private static let basic = ["authorization": "Basic c2ltdWxhdG9yOnNpbXVsYXRvcg=="]

    private func ask(_ simulation: Simulation) async -> HTTPResponse {
        await simulation.send("GET", Self.list, Self.basic)
    }

    private func statuses(_ simulation: Simulation, _ count: Int) async -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count { statuses.append(await ask(simulation).status) }
        return statuses
    }

    private func post(_ simulation: Simulation, _ faults: String) async -> HTTPResponse {
        await simulation.send("POST", "/__simulator/faults", body: faults)
    }

    @Test("Every fault has a name of its own and a sentence, and an empty list ends all")
    func names() async throws {
        let simulation = Simulation(imageCount: 3, hasDoors: true)
        #expect(Set(Fault.allCases.map(\.rawValue)).count == Fault.allCases.count)
        for fault in Fault.allCases {
            let answer = await post(simulation, #"[{"fault":"\#(fault.rawValue)"}]"#)
            let body = try JSONValue(parsing: answer.body)
            #expect(answer.status == 200)
            #expect(body["faults"]?[0]?["fault"]?.stringValue == fault.rawValue)
            #expect(body["known"]?[fault.rawValue]?.stringValue == fault.summary)
        }
        _ = await post(simulation, "[]")
        #expect(await ask(simulation).status == 200)
        let shown = try JSONValue(
            parsing: await simulation.send("GET", "/__simulator/faults").body
        )
        #expect(shown["faults"] == .array([]))
    }

    @Test(
        "What is wrong with a programme is said, with what would be right",
        arguments: [
            (#"[{"fault":"slow-bdy"}]"#, "faults[0]: 'slow-bdy' is no fault"),
            (#"[{"fault":"silence","shar":1}]"#, "'shar' is no member of a fault"),
            (#"[{"fault":"silence","share":0}]"#, "share must be a number above 0, up to 1"),
            (#"[{"fault":"silence","share":1.5}]"#, "share must be a number above 0, up to 1"),
            (#"[{"fault":"silence","requests":0}]"#, "requests must be a whole number from 1"),
            (#"[{"fault":"silence","requests":1e30}]"#, "requests must be a whole number from 1"),
            (#"[{"fault":"silence","after":1000000001}]"#, "after must be a whole number from 0"),
            (
                #"[{"fault":"deep-nesting","bytes":16777217}]"#,
                "bytes must be a whole number from 1 to 16777216"
            ),
            (#"[{"fault":"silence","for":5}]"#, "for must be a duration with its unit"),
            (#"[{"fault":"silence","provider":"arys"}]"#, "provider must be one of aries"),
            (#"[{"fault":"silence","provider":7}]"#, "provider must be"),
            (#"[{"fault":"redirect","target":"ftp"}]"#, "target must be an origin"),
            (#"[{"fault":"name-fails"}]"#, "http://nobody.invalid"),
            (#"[{"fault":"silence"},{"fault":"tls-stall"}]"#, "faults[1]: 'tls-stall' befalls"),
            (#"[{"fault":"connection-refused"}]"#, "--provider-ports"),
            (#"[7]"#, "a fault is an object"), (#"{"faults":7}"#, "faults must be a list"),
            (#"{"faults":[],"sed":1}"#, "'sed' is no member"),
            (#"{"faults":[],"seed":-1}"#, "seed must be"), ("{", "must be JSON"),
            (#"{"fault":[]}"#, "'fault' is no member; there are seed and faults"),
            (#"{"faults":[],"faults":[{"fault":"nulls"}]}"#, "'faults' stands twice"),
            (#"{"seed":1,"faults":[],"seed":1}"#, "'seed' stands twice"),
            (#"[{"fault":"nulls","fault":"silence"}]"#, "faults[0]: 'fault' stands twice"),
            (
                #"[{"fault":"nulls","share":1,"provider":"gmi","share":0.5}]"#,
                "faults[0]: 'share' stands twice"
            ),
            (
                #"[{"fault":"nulls"},{"fault":"expired-token","provider":"aries"}]"#,
                "faults[1]: aries cannot suffer from 'expired-token'; those who can are huawei-ims, gmi"
            ),
            (
                #"[{"provider":"gmi","fault":"lying-total"}]"#,
                "gmi cannot suffer from 'lying-total'; those who can are zenlayer, tencent-cvm"
            ),
            (
                #"[{"provider":"aries","fault":"clock-skew"}]"#,
                "those who can are zenlayer, huawei-ims, tencent-cvm, gmi"
            ),
        ]
    )
    func mistakes(_ programme: String, _ reason: String) async throws {
        let simulation = Simulation(imageCount: 3)
        let answer = await post(simulation, programme)
        #expect(answer.status == 400)
        let error = try JSONValue(parsing: answer.body)["error"]?.stringValue ?? ""
        #expect(error.contains(reason), "\(error)")
    }

    @Test("Only this machine may make the simulators ill")
    func strangers() async {
        let answer = await Simulation().send(
            "POST",
            "/__simulator/faults",
            body: "[]",
            peer: "192.0.2.1"
        )
        #expect(answer.status == 403)
    }

    @Test("After some requests, for so many, and only the provider named")
    func counts() async {
        let simulation = Simulation(imageCount: 3)
        let fault = #"{"provider":"aries","fault":"unavailable","after":2,"requests":3}"#
        _ = await post(simulation, "[\(fault)]")
        #expect(await statuses(simulation, 7) == [200, 200, 503, 503, 503, 200, 200])
        _ = await post(simulation, #"[{"provider":"gmi","fault":"unavailable"}]"#)
        #expect(await ask(simulation).status == 200)
    }

    @Test("A share of the requests follows from the seed")
    func shares() async {
        let simulation = Simulation(imageCount: 3)
        func run(_ seed: Int) async -> [Int] {
            let fault = #"{"fault":"unavailable","share":0.25}"#
            _ = await post(simulation, #"{"seed":\#(seed),"faults":[\#(fault)]}"#)
            return await statuses(simulation, 200)
        }
        let first = await run(5)
        #expect(await run(5) == first)
        #expect(await run(6) != first)
        let ill = first.count { $0 == 503 }
        #expect(ill > 30 && ill < 70, "\(ill) of 200")
    }

    @Test("A fault with a time ends by itself")
    func times() async {
        let simulation = Simulation(imageCount: 3)
        let complaint = await simulation.simulator.setFaults(
            Array(#"[{"fault":"unavailable","for":"30s"}]"#.utf8)
        )
        // Durations are read by whoever started the simulators; nobody did here.
        #expect(
            complaint
                == "faults[0]: for must be a duration with its unit such as \"200ms\", up to 365d"
        )
        var rule: FaultRule?
        let words = FaultWords(duration: { _ in .seconds(30) })
        let value = JSONValue.object([
            .init("fault", .string("silence")), .init("for", .string("x")),
        ])
        rule = try? FaultRule(value, now: 1_000_000, words)
        #expect(rule?.takes(seed: 1, now: 30_999_999) == true)
        #expect(rule?.takes(seed: 1, now: 31_000_000) == false)
        #expect(rule?.until == 31_000_000)
    }

    @Test("A fault that lasts no time is refused", arguments: [Duration.zero, .nanoseconds(1)])
    func noTime(_ duration: Duration) {
        let value = JSONValue.object([
            .init("fault", .string("silence")), .init("for", .string("0s")),
        ])
        let error = #expect(throws: ControlError.self) {
            try FaultRule(value, now: 0, FaultWords(duration: { _ in duration }))
        }
        #expect(error?.message == "for must be longer than 0")
    }

    @Test("Every fault befalls somebody, and whom it befalls it takes by name or by '*'")
    func sufferers() async {
        let simulation = Simulation(imageCount: 3, hasDoors: true)
        for fault in Fault.allCases {
            #expect(!fault.sufferers.isEmpty)
            for provider in SimulatedProvider.allCases.map(\.rawValue) + ["*"] {
                let rule = #"[{"provider":"\#(provider)","fault":"\#(fault.rawValue)"}]"#
                let isTaken = await post(simulation, rule).status == 200
                let names = fault.sufferers.map(\.rawValue) + ["*"]
                #expect(isTaken == names.contains(provider), "\(fault) \(provider)")
            }
        }
    }

    @Test("Times of more than a year are refused", arguments: ["for", "delay"])
    func excess(member: String) throws {
        let year = Duration.seconds(365 * 86_400)
        func complaint(_ duration: Duration) -> String? {
            let value = JSONValue.object([
                .init("fault", .string("nulls")), .init(member, .string("x")),
            ])
            do throws(ControlError) {
                let words = FaultWords(duration: { _ in duration })
                _ = try FaultRule(value, now: Simulation.epoch * 1_000_000, words)
                return nil
            } catch {
                return error.message
            }
        }
        #expect(complaint(year) == nil)
        for duration in [year + .milliseconds(1), .milliseconds(Int.max)] {
            #expect(complaint(duration)?.hasSuffix("such as \"200ms\", up to 365d") == true)
        }
    }

    @Test("Several faults of one provider add up where they set in at different places")
    func together() async throws {
        let simulation = Simulation(imageCount: 3)
        _ = await post(simulation, #"[{"fault":"nulls"},{"fault":"closed-while-idle"}]"#)
        let steps = try #require(await ask(simulation).script?.steps)
        #expect(steps.count == 2 && steps[1] == .close)
        guard case .bytes(let bytes) = steps[0] else {
            Issue.record("\(steps[0])")
            return
        }
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.contains("\"image_name\":null") || text.contains(":null"))
        #expect(!text.contains("connection: close"))
    }

    @Test(
        "A changing list is what it was once the faults are replaced, but for what was done to it",
        arguments: ["[]", #"[{"fault":"closed-while-idle"}]"#, #"[{"fault":"changing-list"}]"#]
    )
    func changingList(_ next: String) async throws {
        let simulation = Simulation(imageCount: 3)
        let before = await ask(simulation).body
        for round in 1...2 {
            _ = await post(simulation, #"[{"provider":"aries","fault":"changing-list"}]"#)
            for count in 4...6 {
                #expect(try await ask(simulation).json.arrayValue?.count == count)
            }
            #expect(try await simulation.truth("aries").count == 6, "round \(round)")
            #expect(try await simulation.truth("gmi").count == 3)
            _ = await post(simulation, next)
            #expect(try await simulation.truth("aries").count == 3, "round \(round)")
            _ = await post(simulation, "[]")
            #expect(await ask(simulation).body == before, "round \(round)")
        }
        _ = await post(simulation, #"[{"fault":"changing-list"}]"#)
        _ = await ask(simulation)
        let change = try await simulation.change(#"{"provider":"aries","add":2,"touch":1}"#)
        #expect(change["total"]?.integerValue == 5)
        let added = try #require(change["ids"]?["added"]?.arrayValue)
        #expect(try await simulation.truth("aries").count == 6)
        _ = await post(simulation, next)
        let after = try await simulation.truth("aries")
        #expect(after.count == 5)
        #expect(after.prefix(2).map { $0["native_id"] } == added.reversed().map { $0 })
    }

    @Test(
        "Rows are damaged as the fault says, and nothing else is",
        arguments: [
            (Fault.nulls, #"{"total":2,"rows":[{"id":null,"size":null,"at":null}]}"#),
            (.wrongTypes, #"{"total":2,"rows":[{"id":42,"size":"many","at":42}]}"#),
            (.lyingTotal, #"{"total":1000000,"rows":[{"id":"a","size":3,"at":"2020-01-01"}]}"#),
            (
                .absurdNumbers,
                #"{"total":2,"rows":[{"id":"a","size":1e400,"at":"99999-99-99T99:99:99Z"}]}"#
            ),
            (.malformedJSON, #"{"total":2,"rows":[{"id":"a","#),
        ]
    )
    func damage(_ fault: Fault, _ expected: String) throws {
        let body = #"{"total":2,"rows":[{"id":"a","size":3,"at":"2020-01-01"}]}"#
        let value = JSONValue.object([.init("fault", .string(fault.rawValue))])
        let rule = try FaultRule(value, now: 0, FaultWords())
        var memory: JSONValue?
        let damaged = BodyDamage.apply(rule, to: Array(body.utf8), memory: &memory)
        let text = String(decoding: damaged, as: UTF8.self)
        #expect(fault == .malformedJSON ? body.hasPrefix(text) : text == expected)
    }

    @Test("The first image stands on every later page")
    func repetition() throws {
        let value = JSONValue.object([.init("fault", .string("repeated-image"))])
        let rule = try FaultRule(value, now: 0, FaultWords())
        var memory: JSONValue?
        for (page, expected) in [
            ("[{\"a\":1}]", "[{\"a\":1}]"), ("[{\"a\":2}]", "[{\"a\":1},{\"a\":2}]"),
        ] {
            let told = BodyDamage.apply(rule, to: Array(page.utf8), memory: &memory)
            #expect(String(decoding: told, as: UTF8.self) == expected)
        }
    }
}
