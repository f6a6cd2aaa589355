import Configuration
import JSONText
import Testing

@Suite struct FaultFileTests {
    private func load(_ text: String) -> Result<[UInt8], SimulatorFileProblems> {
        FaultFile.load(path: "faults.json5") { _ in Array(text.utf8) }
    }

    @Test("A file in JSON5 becomes the JSON that the simulators take")
    func translation() throws {
        let text = """
            // ill
            { seed: 7, faults: [ { fault: 'slow-body', share: .5, after: 2, on: true, none: null, }, ], }
            """
        let json = try JSONValue(parsing: try load(text).get())
        #expect(json["seed"]?.integerValue == 7)
        #expect(json["faults"]?[0]?["fault"]?.stringValue == "slow-body")
        #expect(json["faults"]?[0]?["share"] == .number("0.5"))
        #expect(json["faults"]?[0]?["on"] == .bool(true))
        #expect(json["faults"]?[0]?["none"] == .null)
    }

    @Test(
        "Numbers that JSON does not know become null",
        arguments: ["Infinity", "-Infinity", "NaN"]
    )
    func numbers(text: String) throws {
        let json = try JSONValue(parsing: try load("{ seed: \(text), share: 1e300 }").get())
        #expect(json["seed"] == .null)
        #expect(json["share"] == .number("1e+300"))
    }

    @Test("A file that is no JSON5 is refused with the place")
    func mistakes() {
        guard case .failure(let problems) = load("{\n  faults: [ }") else {
            Issue.record("accepted")
            return
        }
        #expect(problems.lines.first?.hasPrefix("faults.json5:2:") == true, "\(problems.lines)")
    }
}
