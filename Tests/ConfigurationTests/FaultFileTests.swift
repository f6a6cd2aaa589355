import Configuration
import JSONText
import Testing

@Suite struct FaultFileTests {
    private func load(_ text: String) -> Result<FaultFile, SimulatorFileProblems> {
        FaultFile.load(path: "faults.json5") { _ in Array(text.utf8) }
    }

    @Test("A file in JSON5 becomes the JSON that the simulators take")
    func translation() throws {
        let text = """
            // ill
            { seed: 7, faults: [ { fault: 'slow-body', share: .5, after: 2, on: true, none: null, }, ], }
            """
        let json = try JSONValue(parsing: try load(text).get().json)
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
        let json = try JSONValue(parsing: try load("{ seed: \(text), share: 1e300 }").get().json)
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

    @Test("A key that stands twice is refused with both places, in a fault and beside the faults")
    func duplicates() {
        let text = "{ seed: 1,\n  faults: [ { fault: 'nulls', share: 1, share: .5 } ],\n  seed: 2 }"
        guard case .failure(let problems) = load(text) else {
            Issue.record("accepted")
            return
        }
        #expect(
            problems.lines == [
                "faults.json5:2:41: error: faults[0].share: the key stands twice; the first is on line 2",
                "faults.json5:3:3: error: seed: the key stands twice; the first is on line 1",
            ]
        )
    }
}
