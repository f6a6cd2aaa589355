import Configuration
import Providers
import TestKit
import Testing

@testable import image_gateway

@Suite("Standard output of the commands")
struct StandardOutputTests {
    private let folder = TemporaryFolder()

    @Test(
        "What cannot be written is said, and the command fails",
        arguments: [["schema"], ["version"], ["check"], ["schema", "--help"], ["--help"]]
    )
    func full(words: [String]) throws {
        let path = folder.file("gateway.json5")
        try KeyFile.write(
            "{ upstreams: [{ id: 'a', provider: 'aries', endpoint: 'http://127.0.0.1:1' }] }",
            path
        )
        let arguments = words + (words == ["check"] ? ["--config", path] : [])
        let failed = try ProgramRun(arguments, output: "/dev/full")
        #expect(failed.status == 1)
        let sentence = ": standard output cannot be written: No space left on device\n"
        #expect(failed.errors.hasSuffix(sentence), "\(failed.errors)")
        #expect(try ProgramRun(arguments, output: folder.file("output")).status == 0)
    }

    @Test("The schema is printed as it stands in the repository, byte by byte")
    func schema() throws {
        let path = folder.file("schema.json")
        #expect(try ProgramRun(["schema"], output: path).status == 0)
        let schema = ConfigurationSchema(descriptors: ProviderRegistry.descriptors).jsonSchema()
        #expect(try ConfigurationFiles.contents(of: path) == schema)
    }
}
