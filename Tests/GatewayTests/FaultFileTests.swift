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
}
