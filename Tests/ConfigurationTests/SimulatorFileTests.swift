import Configuration
import Testing

@Suite struct SimulatorFileTests {
    private func load(_ text: String) -> Result<SimulatorFile, SimulatorFileProblems> {
        SimulatorFile.load(path: "sim.json5") { _ throws(ConfigurationFileFault) in Array(text.utf8)
        }
    }

    @Test("Every key is read, and each may be absent")
    func good() throws {
        let file = try load("{ listen: '127.0.0.1:1', images: 7, seed: 3, latency: '20ms', }").get()
        #expect(file.listen == "127.0.0.1:1" && file.images == 7 && file.seed == 3)
        #expect(file.latency == .milliseconds(20))
        #expect(try load("{}").get() == load("{} // nothing").get())
    }

    @Test("Every mistake is placed, in order, with what would be right")
    func bad() {
        let result = load("{ imags: 7,\n  latency: 20,\n seed: -1 }")
        guard case .failure(let problems) = result else {
            Issue.record("mistakes were accepted")
            return
        }
        #expect(problems.lines.count == 3)
        #expect(
            problems.lines[0]
                == "sim.json5:1:3: error: imags: is not a key; did you mean \"images\"?"
        )
        #expect(problems.lines[1].hasPrefix("sim.json5:2:3: error: latency: is a duration"))
        #expect((try? load("{ a").get()) == nil)
    }
}
