import ImageModel
import Testing

@Suite("Operating system names")
struct OperatingSystemNamesTests {
    @Test("A real name from the sample is understood exactly", arguments: try NamedSystem.sample())
    func sample(row: NamedSystem) {
        #expect(row.answer == row.expected)
    }

    @Test("The sample is complete")
    func sampleSize() throws {
        #expect(try NamedSystem.sample().count == 94)
    }
}
