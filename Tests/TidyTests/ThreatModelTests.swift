import TestKit
import Testing

/// `deploy/threat-model.md` names a test for every attack; a name that no test has holds nothing.
@Suite("The threat model")
struct ThreatModelTests {
    private let rows: [Substring]

    init() throws {
        let text = try SourceFile.text(of: "\(SourceTree.root)/deploy/threat-model.md")
        // Rows of tables with an attack: three cells, the third with names.
        rows = text.split(separator: "\n").filter {
            $0.hasPrefix("|") && $0.split(separator: "|").count == 3 && !$0.hasPrefix("|---")
                && !$0.hasSuffix("| test |")
        }
    }

    @Test("Every attack has a test, and every test that is named exists")
    func namedTests() throws {
        let files = try SourceTree.files()
        #expect(rows.count > 30)
        for row in rows {
            let names = Self.names(in: row)
            #expect(!names.isEmpty, "no test holds: \(row)")
            for name in names { #expect(Self.exists(name, files), "no such test: \(name)") }
        }
    }

    /// What stands between backquotes in the last cell.
    private static func names(in row: Substring) -> [Substring] {
        let cell = row.split(separator: "|").last ?? ""
        return cell.split(separator: "`").filter { $0.contains(".") }
    }

    /// `Target.Suite.function`, or the path of a program.
    private static func exists(_ name: Substring, _ files: [SourceTree.File]) -> Bool {
        guard !name.contains("/") else {
            return (try? SourceFile.text(of: "\(SourceTree.root)/\(name)")) != nil
        }
        let parts = name.split(separator: ".")
        guard parts.count == 3 else { return false }
        return files.contains { file in
            file.path.hasPrefix("Tests/\(parts[0])/") && file.mentions("struct \(parts[1])")
                && file.mentions("func \(parts[2])(") && file.mentions("@Test")
        }
    }
}
