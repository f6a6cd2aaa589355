import Configuration
import Testing

@testable import image_gateway

@Suite struct CheckCommandTests {
    /// The complaints about an upstream whose members begin on line 2.
    private func complaints(_ members: String) throws -> [String] {
        let text = "{ upstreams: [{ id: 'lab',\n\(members) }] }"
        return ConfigurationFile.loader.load(text: text, file: "F").errors.map(\.description)
    }

    /// Of one whose key stands in such a field.
    private func complaints(headerName: String, enabled: Bool = true) throws -> [String] {
        try complaints(
            """
            provider: 'aries', endpoint: 'http://127.0.0.1:1', enabled: \(enabled),
            credentials: { header_name: '\(headerName)', header_value: 'v' }
            """
        )
    }

    @Test("What a provider refuses of settings of the right form is a mistake, with its place")
    func refusedSettings() throws {
        #expect(try complaints(headerName: "X-API-Key") == [])
        let place = "F:3:29: error: upstreams[0].credentials.header_name:"
        #expect(try complaints(headerName: "X Y") == ["\(place) is no field name"])
        for name in ["Host", "content-length", "Transfer-Encoding", "Connection"] {
            #expect(try complaints(headerName: name) == ["\(place) is a field of HTTP itself"])
        }
        #expect(try complaints(headerName: "X Y", enabled: false) == [])
    }

    @Test("So it is for every key that a provider refuses, and no value is repeated")
    func refusedKeys() throws {
        let aries = "provider: 'aries', endpoint: 'http://127.0.0.1:1',\n"
        #expect(
            try complaints("\(aries)credentials: { username: 's3:cret', password: 'p' }")
                == ["F:3:26: error: upstreams[0].credentials.username: cannot hold a colon"]
        )
        #expect(
            try complaints("provider: 'gmi',\nregion: 's3 cret', credentials: { token: 't' }") == [
                "F:3:9: error: upstreams[0].region: must be up to 50 letters, digits, `.`, `_` and `-` for gmi"
            ]
        )
        let zenlayer = "provider: 'zenlayer',\nregion: 's3 cret', credentials: { token: 't' }"
        #expect(
            try complaints(zenlayer) == [
                "F:3:9: error: upstreams[0].region: is required for zenlayer: ASCII without spaces"
            ]
        )
    }
}
