import JSONText
import Providers

@testable import Configuration

extension FuzzTarget {
    /// A configuration file. It yields a configuration or errors that stand within the text, the same ones each
    /// time; what our scanner takes, Foundation's decoder takes too.
    static let configurations = FuzzTarget(
        name: "configurations",
        byteCountMax: 512,
        seeds: { configurationSeeds }
    ) { bytes in
        text = bytes
        let loaded = loader.load(path: "gateway.json5")
        hold((loaded.configuration == nil) == !loaded.errors.isEmpty, "\(loaded.problems)")
        let lineCount = bytes.count + 1
        for problem in loaded.problems {
            hold((1...lineCount).contains(problem.line), "\(problem)")
            hold((1...lineCount).contains(problem.column), "\(problem)")
            hold(!problem.message.isEmpty, "\(problem)")
            hold(problem.message != "the file is not valid JSON5", "the decoder is the stricter")
        }
        // A second time costs as much as the first, so that not every input is read twice.
        if bytes.cut % 8 == 0 {
            hold(loader.load(path: "gateway.json5") == loaded, "read twice")
        }
        if case .success(let file) = FaultFile.load(path: "", readFile: { _ in bytes }) {
            hold((try? JSONValue(parsing: file.json)) != nil, "faults are JSON: \(file.json.text)")
        }
        if case .failure(let problems) = SimulatorFile.load(path: "", readFile: { _ in bytes }) {
            hold(!problems.lines.isEmpty, "a reason")
        }
    }

    /// What the file holds. Used by libFuzzer's thread alone.
    nonisolated(unsafe) private static var text: [UInt8] = []

    private static let loader = ConfigurationLoader(
        descriptors: ProviderRegistry.descriptors,
        environment: { $0 == "EMPTY" ? "" : $0 == "UNSET" ? nil : "0123456789abcdef" },
        readFile: { path throws(ConfigurationFileFault) in
            switch path {
            case "gateway.json5": return text
            case "missing": throw .missing
            default: return Array("secret of a file\n".utf8)
            }
        }
    )

    private static var configurationSeeds: [[UInt8]] {
        let texts = [
            "{listen:{address:'127.0.0.1:0',tls:{certificate:'c',key:'k',client_ca:'a'}},/* c */}",
            "{cursor_key:{env:'KEY'},request:{deadline:\"2s\",page_size:+50,page_size_max:0x3E8}}//",
            "{clients:[{id:'p',key_sha256:'\(String(repeating: "ab", count: 32))',upstreams:['*']}]}",
            "{upstreams:[{id:'a',provider:'aries',endpoint:'http://127.0.0.1:1',ttl:10,regin:''}]}",
            "{upstreams:[{id:'h',provider:'huawei-ims',region:'r',credentials:{token:{file:'f'}}}]}",
            "[.5,5.,+Infinity,-NaN,1e9,0xAf,'\\x41\\u0041\\\n',\"\\v\\0\",nul,\u{2028}{$_a\\u0062:1}]",
        ]
        return texts.map { Array($0.utf8) }
            + PackageFiles.contents(below: "config", endingIn: ".json5")
    }
}
