import ImageModel
import TestKit

/// The table in plain text: name, claims and answer, separated by ` | `.
extension NamedSystem {
    static func table() throws -> [NamedSystem] {
        let path = SourceFile.directory(0, above: #filePath) + "/Fixtures/more-os-names.txt"
        return try SourceFile.text(of: path).split(separator: "\n")
            .filter { !$0.hasPrefix("#") }
            .map { try NamedSystem(line: String($0)) }
    }

    private struct MalformedLine: Error {
        var line: String
    }

    private init(line: String) throws {
        let columns = line.split(separator: "|", omittingEmptySubsequences: false)
        guard columns.count == 3 else { throw MalformedLine(line: line) }
        let words = columns[2].split(separator: " ").map(String.init)
        guard words.count == 4 else { throw MalformedLine(line: line) }
        claims = OperatingSystemClaims(name: String(columns[0].dropLast()))
        for claim in columns[1].split(separator: ";") where claim.contains("=") {
            let pair = claim.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            claims.set(Self.trimmed(pair[0]), to: String(pair[1].drop { $0 == " " }))
        }
        expected = Answer(
            family: words[0],
            distribution: words[1],
            version: words[2],
            architecture: words[3]
        )
    }

    private static func trimmed(_ text: Substring) -> String {
        text.split(separator: " ").joined(separator: " ")
    }
}

extension OperatingSystemClaims {
    fileprivate mutating func set(_ member: String, to text: String) {
        let value = String(text.reversed().drop { $0 == " " }.reversed())
        switch member {
        case "label": label = value
        case "platform": platform = value
        case "version": version = value
        case "family": family = value
        case "architecture": architecture = value
        case "bits": bits = value
        case "description": description = value
        default: break
        }
    }
}
