import Upstreams

@testable import Configuration

/// A loader over an environment and files that exist only in the test.
struct LoaderHarness {
    var descriptors = SampleProviders.all
    var environment: [String: String] = [:]
    var files: [String: String] = [:]

    var loader: ConfigurationLoader {
        let (environment, files) = (environment, files)
        return ConfigurationLoader(
            descriptors: descriptors,
            environment: { environment[$0] },
            readFile: { path throws(ConfigurationFileFault) in
                guard let text = files[path] else { throw .missing }
                return Array(text.utf8)
            },
            keySetComplaint: { $0 == Array("bad".utf8) ? "holds no usable key" : nil }
        )
    }

    func load(_ text: String) -> LoadedConfiguration {
        loader.load(text: text, file: "gateway.json5")
    }

    /// `12:7: error: upstreams[0].ttl: …` of each problem.
    func problems(_ text: String) -> [String] {
        load(text).problems.map { String($0.description.dropFirst("gateway.json5:".count)) }
    }

    /// The errors of an upstream that is otherwise right; it stands on lines of its own.
    func errors(ofUpstream members: String) -> [String] {
        let text =
            "{upstreams:[{id:'a',provider:'aries',endpoint:'http://127.0.0.1:1',\n\(members)\n}]}"
        return load(text).errors.map { String($0.description.dropFirst("gateway.json5:".count)) }
    }

    /// The errors of a document that is otherwise right; the members begin on line 2.
    func errors(ofRoot members: String) -> [String] { lines(load(ofRoot: members).errors) }

    /// The same with the warnings.
    func lines(ofRoot members: String) -> [String] { lines(load(ofRoot: members).problems) }

    private func load(ofRoot members: String) -> LoadedConfiguration {
        load("{\n\(members)\nupstreams:[{id:'a',provider:'aries',endpoint:'http://127.0.0.1:1'}]}")
    }

    private func lines(_ problems: [ConfigurationProblem]) -> [String] {
        problems.map { String($0.description.dropFirst("gateway.json5:".count)) }
    }
}
