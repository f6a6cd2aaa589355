import ImageModel
import Testing

@Suite("Operating system names")
struct OperatingSystemNamesTests {
    @Test("A real name from the sample is understood exactly", arguments: try NamedSystem.sample())
    func sample(row: NamedSystem) {
        #expect(row.answer == row.expected)
    }

    @Test(
        "A further name in the clouds' manner is understood exactly",
        arguments: try NamedSystem.table()
    )
    func table(row: NamedSystem) {
        #expect(row.answer == row.expected)
    }

    @Test("The sample is complete")
    func sampleSize() throws {
        #expect(try NamedSystem.sample().count == 94)
        #expect(try NamedSystem.table().count >= 400)
    }

    @Test("The label is the provider's own text, else its platform, never the name")
    func label() {
        var claims = OperatingSystemClaims(name: "Ubuntu 22.04", platform: "Ubuntu")
        #expect(claims.understood().system.label == "Ubuntu")
        claims.label = "Ubuntu 22.04 server 64bit"
        #expect(claims.understood().system.label == "Ubuntu 22.04 server 64bit")
        claims.label = ""
        claims.platform = " "
        #expect(claims.understood().system.label == nil)
    }

    @Test(
        "Claims that contradict each other are reported",
        arguments: [
            (
                OperatingSystemClaims(name: "AlmaLinux 9", platform: "centos", version: "9"),
                ["distribution"]
            ),
            (
                OperatingSystemClaims(name: "CentOS 6.6 32位", architecture: "x86_64"),
                ["architecture"]
            ),
            (
                OperatingSystemClaims(name: "ubuntu 18.04", platform: "Ubuntu", version: "20.04"),
                ["version"]
            ),
            (OperatingSystemClaims(name: "freebsd_13_1", family: "linux"), ["family"]),
            (
                OperatingSystemClaims(
                    name: "debian-12-arm64",
                    platform: "Windows",
                    version: "2019"
                ),
                ["distribution", "architecture"]
            ),
        ]
    )
    func disagreements(claims: OperatingSystemClaims, words: [String]) {
        var claims = claims
        if words.contains("architecture") { claims.bits = "32" }
        #expect(claims.understood().disagreements == words)
    }

    @Test("Claims that add to each other are no contradiction")
    func agreement() {
        let claims = OperatingSystemClaims(
            name: "CentOS Stream 9 with ARM 64bit",
            label: "CentOS 9 64bit",
            platform: "CentOS",
            version: "9",
            family: "Linux",
            architecture: "arm64",
            bits: "64"
        )
        #expect(claims.understood().disagreements == [])
    }

    @Test("Nothing said is nothing known")
    func silence() {
        let finding = OperatingSystemClaims(name: "").understood()
        #expect(
            finding == OperatingSystemFinding(system: OperatingSystem(), architecture: .unknown)
        )
    }

    @Test("Hostile text is read without a trap, at every length and cut anywhere")
    func hostile() {
        let seeds = [
            "windows server 2012 r2 sql 2008 r2 k8s_1.29 x86_64 64bit w2k19 99999999999999999999",
            "ubuntu-22.04.3f2504e0-4f89-11d3-9a0c-0305e82c3301-x86_32_64.银河麒麟Ｖ１０（ＳＰ３）",
            String(repeating: "centos-7.", count: 1_000), String(repeating: "麒", count: 1_000),
            "1.2.3.4.5.6.7.8.9-sp", "x", "x86", "x86_", "ol9u", "r", "w2", "w2k", "sles15sp",
            "é\u{0}\u{301}",
        ]
        for seed in seeds {
            let bytes = Array(seed.utf8.prefix(100))
            for end in 0...bytes.count {
                let text = String(decoding: bytes[..<end], as: UTF8.self)
                let tail = String(decoding: bytes[(bytes.count - end)...], as: UTF8.self)
                let claims = OperatingSystemClaims(
                    name: text,
                    label: tail,
                    platform: text,
                    version: tail,
                    family: tail,
                    architecture: text,
                    bits: tail,
                    description: text
                )
                #expect(claims.understood() == claims.understood())
            }
        }
    }
}
