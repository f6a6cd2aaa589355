import ImageModel
import JSONText
import TestKit
import Testing

/// One row of a fixture: what a provider says, and what it means.
struct NamedSystem: CustomTestStringConvertible, Sendable {
    var claims: OperatingSystemClaims
    var expected: Answer

    struct Answer: Equatable, Sendable, CustomStringConvertible {
        var family: String
        var distribution: String
        var version: String
        var architecture: String

        var description: String { "\(family) \(distribution) \(version) \(architecture)" }
    }

    var testDescription: String { claims.name }

    var answer: Answer {
        let finding = claims.understood()
        return Answer(
            family: finding.system.family.rawValue,
            distribution: finding.system.distribution ?? "unknown",
            version: finding.system.version ?? "unknown",
            architecture: finding.architecture.rawValue
        )
    }
}

// MARK: The sample in JSON, with the providers' own field names

extension NamedSystem {
    static func sample() throws -> [NamedSystem] {
        let path = SourceFile.directory(0, above: #filePath) + "/Fixtures/os-names.json"
        let rows = try JSONValue(parsing: try SourceFile.bytes(of: path)).arrayValue ?? []
        return rows.compactMap(NamedSystem.init(row:))
    }

    private init?(row: JSONValue) {
        guard let name = row["name"]?.stringValue, let expected = row["expected"] else {
            return nil
        }
        claims = OperatingSystemClaims(name: name)
        claims.platform = row["platform"]?.stringValue
        for member in row["fields"]?.objectValue ?? [] {
            claims.fill(member.key, member.value.stringValue ?? "")
        }
        self.expected = Answer(
            family: expected["family"]?.stringValue ?? "",
            distribution: expected["distribution"]?.stringValue ?? "",
            version: expected["version"]?.stringValue ?? "",
            architecture: expected["architecture"]?.stringValue ?? ""
        )
    }
}

extension OperatingSystemClaims {
    /// Puts a provider's field where its adapter puts it.
    fileprivate mutating func fill(_ field: String, _ value: String) {
        switch field {
        case "__os_version", "ImageOsName", "os_name": label = value
        case "version", "os_version", "OSVersion": version = value
        case "OSSeries", "os_flavor", "os_distro", "category", "Platform":
            if platform == nil { platform = value } else { label = label ?? value }
        case "os_type", "__os_type": family = value
        case "type" where value == "linux" || value == "windows": family = value
        case "architecture", "Architecture", "OSArchitecture": architecture = value
        case "__os_bit": bits = value
        case "description", "slug": description = value
        default: break
        }
    }
}
