import ImageModel
import TestKit
import Testing

@Suite("OperatingSystemReader")
struct OperatingSystemReaderTests {
    private static func claims() throws -> [OperatingSystemClaims] {
        let rows = try NamedSystem.sample() + NamedSystem.table()
        // Names as labels, platforms and descriptions, so that texts repeat in other places.
        return rows.flatMap { row in
            let name = row.claims.name
            return [
                row.claims, OperatingSystemClaims(name: "a", label: name, description: name),
                OperatingSystemClaims(name: name, platform: name, family: name),
                OperatingSystemClaims(name: name, label: "Linux", version: name),
            ]
        }
    }

    @Test("No finding depends on what was read before", arguments: [1, 2, 3])
    func order(seed: UInt64) throws {
        var random = SplitMix(seed: seed)
        let claims = try Self.claims()
        var reader = OperatingSystemReader()
        for _ in 0..<2 * claims.count {
            let one = claims[Int(random.next() % UInt64(claims.count))]
            #expect(reader.finding(for: one) == one.understood())
        }
    }

    @Test("An image is described as its claims are understood")
    func images() throws {
        var reader = OperatingSystemReader()
        for claims in try Self.claims() {
            var image = Image(provider: "p", region: "r", nativeID: "1", name: claims.name)
            image.description = claims.description
            let disagreements = reader.describe(
                &image,
                label: claims.label,
                platform: claims.platform,
                version: claims.version,
                family: claims.family,
                architecture: claims.architecture,
                bits: claims.bits
            )
            var finding = claims.understood()
            finding.system.label = nil
            #expect(image.os == finding.system && image.architecture == finding.architecture)
            #expect(disagreements == finding.disagreements)
        }
    }

    @Test("Many images of which no two say the same are told apart, however often they come")
    func manyImages() {
        var reader = OperatingSystemReader()
        let systems = ["CentOS", "Debian", "Rocky Linux", "SUSE Linux Enterprise Server 15", "?"]
        for number in Array(0..<4_000) + Array(0..<4_000) {
            let claims = OperatingSystemClaims(
                name: "node-\(number % 7)",
                label: systems[number % 5],
                platform: number % 2 == 0 ? systems[number / 5 % 5] : nil,
                version: "\(number / 10 % 100).\(number % 10)",
                family: number % 3 == 0 ? "windows" : "Linux",
                architecture: number % 11 == 0 ? "arm64" : nil
            )
            #expect(reader.finding(for: claims) == claims.understood())
        }
    }

    @Test("Which field a text stands in matters, and so does where it ends")
    func places() {
        var reader = OperatingSystemReader()
        let texts: [String?] = [nil, "", "centos", "centos7", "7", "windows", "arm64", "32"]
        for one in texts {
            for other in texts {
                for claims in [
                    OperatingSystemClaims(name: "n", label: one, platform: other),
                    OperatingSystemClaims(name: "n", platform: one, version: other),
                    OperatingSystemClaims(name: "n", version: one, family: other),
                    OperatingSystemClaims(name: "n", family: one, architecture: other),
                    OperatingSystemClaims(name: "n", architecture: one, bits: other),
                    OperatingSystemClaims(name: one ?? "", label: other),
                ] {
                    #expect(reader.finding(for: claims) == claims.understood())
                }
            }
        }
    }

    @Test("Texts that differ in any byte are told apart, whatever their length")
    func likeTexts() {
        var reader = OperatingSystemReader()
        for length in 0...70 {
            let padding = String(repeating: "x", count: length)
            for _ in 0..<2 {
                for version in ["7", "8", "9"] {
                    for text in ["\(padding) centos \(version)", "centos \(version) \(padding)"] {
                        let claims = OperatingSystemClaims(name: "n", label: text)
                        #expect(reader.finding(for: claims).system.version == version)
                    }
                }
            }
        }
        // Equal for `String`, but not the same bytes.
        for text in ["caf\u{E9} 7", "cafe\u{301} 7"] {
            let claims = OperatingSystemClaims(name: "n", label: text)
            #expect(reader.finding(for: claims) == claims.understood())
        }
    }
}
