import Configuration
import Testing

@testable import image_gateway

@Suite struct CheckCommandTests {
    /// Of a configuration with one upstream whose key stands in such a field.
    private func complaints(_ headerName: String, enabled: Bool = true) throws -> [String] {
        let text = """
            { upstreams: [{ id: "lab", provider: "aries", endpoint: "http://127.0.0.1:1", enabled: \(enabled),
                            credentials: { header_name: "\(headerName)", header_value: "v" } }] }
            """
        let loaded = ConfigurationFile.loader.load(text: text, file: "test")
        return CheckCommand.complaints(about: try #require(loaded.configuration))
    }

    @Test("What a provider refuses of settings of the right form is a mistake before it is served")
    func refusedSettings() throws {
        #expect(try complaints("X-API-Key") == [])
        #expect(
            try complaints("X Y") == ["lab: `credentials.header_name` is no field name."]
        )
        for name in ["Host", "content-length", "Transfer-Encoding", "Connection"] {
            #expect(
                try complaints(name) == [
                    "lab: `credentials.header_name` is a field of HTTP itself."
                ]
            )
        }
        #expect(try complaints("X Y", enabled: false) == [])
    }
}
