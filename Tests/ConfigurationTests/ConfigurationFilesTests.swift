import FoundationEssentials
import Providers
import Testing
import Upstreams

@testable import Configuration

/// The files in `config/`, held against the code. After a change of the schema table, run these tests
/// once with `UPDATE_CONFIGURATION_FILES=1` in the environment: they write the generated files anew.
@Suite("Files in config/")
struct ConfigurationFilesTests {
    private let schema = ConfigurationSchema(descriptors: ShippedProviders.all)

    @Test("gateway.schema.json is what the schema table generates")
    func schemaFile() throws {
        try hold("gateway.schema.json", schema.jsonSchema())
    }

    @Test("gateway.example.json5 is what the schema table generates")
    func exampleFile() throws {
        try hold("gateway.example.json5", schema.example())
    }

    @Test("The example is valid, holds every key of the schema and draws no warning")
    func exampleIsWhole() throws {
        let text = String(decoding: schema.example(), as: UTF8.self)
        #expect(harness.load(text).problems == [])
        let index = try JSON5Scanner.index(of: Array(text.utf8))
        let present = Set(index.places.keys.map { KeyInventory.withoutIndices($0) })
        for key in KeyInventory.keys(of: schema.root) {
            let name = key.split(separator: ".").last ?? ""
            #expect(present.contains(key) || text.contains("Instead: \(name): "), "\(key)")
        }
    }

    @Test(
        "The example's client key is none that everybody knows",
        arguments: [
            ("test", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            ("secret", "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"),
            ("password", "5e884898da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"),
            ("key", "2c70e12b7a0646f92279f427c7b38e7334d8e5389cff167a1dc30e73f826b683"),
            ("changeme", "057ba03d6c44104863dc7361fe4578965d1887360f90a0895882e58a6248fc86"),
        ]
    )
    func exampleKey(word: String, digest: String) throws {
        let text = try text("gateway.example.json5")
        #expect(text.contains("key_sha256: \"") && !text.contains(digest), "\(word)")
    }

    @Test("The demo is valid, its secrets are known, and each provider occurs once")
    func demo() throws {
        let loaded = harness.load(try text("demo.json5"))
        #expect(loaded.errors == [])
        let upstreams = try #require(loaded.configuration).upstreams
        #expect(upstreams.map(\.settings.provider).sorted() == ShippedProviders.names)
        #expect(upstreams.allSatisfy { $0.settings.endpoint.hasPrefix("http://127.0.0.1:9100") })
    }

    @Test(
        "Each provider has an example that is valid and refers to its secrets",
        arguments: ShippedProviders.names
    )
    func upstreamExample(provider: String) throws {
        let loaded = harness.load(try text("upstreams/\(provider).example.json5"))
        #expect(loaded.problems == [])
        let upstreams = try #require(loaded.configuration).upstreams
        #expect(Set(upstreams.map(\.settings.provider)) == [provider])
    }

    @Test("Each upstream of each file is one that its adapter takes")
    func adapters() throws {
        let names = ["demo.json5", "gateway.example.json5"]
        let examples = ShippedProviders.names.map { "upstreams/\($0).example.json5" }
        for name in names + examples {
            let loaded = harness.load(try text(name))
            for upstream in try #require(loaded.configuration).upstreams {
                _ = try ProviderRegistry.makeAdapter(settings: upstream.settings)
            }
        }
    }

    /// Every variable is set and every file is there.
    private var harness: ConfigurationLoader {
        ConfigurationLoader(
            descriptors: ShippedProviders.all,
            environment: { _ in String(repeating: "0123456789abcdef", count: 4) },
            readFile: { path throws(ConfigurationFileFault) in
                path.hasSuffix(".pem")
                    ? Array("-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----".utf8)
                    : Array("secret\n".utf8)
            }
        )
    }

    private func hold(_ name: String, _ generated: [UInt8]) throws {
        let path = Self.folder.appending(path: name)
        if ProcessInfo.processInfo.environment["UPDATE_CONFIGURATION_FILES"] != nil {
            try Data(generated).write(to: path)
        }
        #expect(try text(name) == String(decoding: generated, as: UTF8.self))
    }

    private func text(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: Self.folder.appending(path: name)), as: UTF8.self)
    }

    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "config")
}

extension ConfigurationLoader {
    fileprivate func load(_ text: String) -> LoadedConfiguration {
        load(text: text, file: "config.json5")
    }
}
