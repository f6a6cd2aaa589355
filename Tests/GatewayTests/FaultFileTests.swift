import Configuration
import ProviderSimulators
import Testing

@testable import image_gateway

@Suite struct FaultFileTests {
    @Test("The example of a fault programme is one that the simulators take")
    func example() throws {
        let path = #filePath.replacing("Tests/GatewayTests/FaultFileTests.swift", with: "")
        let arguments = try Arguments(
            ["--faults", path + "config/faults.example.json5", "--provider-ports"],
            for: SimulateCommand.command
        )
        var settings = try SimulatorSettings(arguments)
        settings.address = "127.0.0.1:0"
        #expect(settings.hasDoors && settings.faults != nil)
        let simulators = try DemoSimulators(settings)
        for provider in SimulatedProvider.allCases {
            #expect(simulators.servers.address(of: provider) != nil)
        }
    }

    @Test("A fault that would last for ages is refused, in a file and while the simulators run")
    func ages() async throws {
        var settings = try SimulatorSettings(Arguments([], for: SimulateCommand.command))
        settings.address = "127.0.0.1:0"
        let simulators = try DemoSimulators(settings)
        let faults = Array(#"[{"provider":"gmi","fault":"nulls","for":"107000000d"}]"#.utf8)
        let complaint =
            "faults[0]: for must be a duration with its unit such as \"200ms\", up to 365d"
        #expect(await simulators.servers.simulator.setFaults(faults) == complaint)
        settings.faults = FaultFile(path: "faults.json5", json: faults)
        let mistake = #expect(throws: Arguments.Mistake.self) { try DemoSimulators(settings) }
        #expect(mistake?.message == "faults.json5: error: \(complaint)")
    }
}
