import Testing

@testable import Catalogs

struct VersionOrderTests {
    @Test("Versions order numerically by component, a version before its continuation")
    func order() {
        let ascending = [
            "stream", "4.9", "7", "7.0", "7.9", "8-beta", "8.1", "10", "10.0.17763", "20.03",
            "20.03-sp3",
            "20.03-sp10", "20.04", "22.04", "22.04.1", "2012", "2012-r2", "2016",
            "99999999999999999999999",
        ]
        for (left, leftText) in ascending.enumerated() {
            for (right, rightText) in ascending.enumerated() {
                let result = VersionOrder.compare(Array(leftText.utf8), Array(rightText.utf8))
                #expect(result.signum() == (left - right).signum(), "\(leftText) \(rightText)")
            }
        }
    }

    @Test(
        "A prefix is made of whole components",
        arguments: [
            ("7", "7", true), ("7", "7.9", true), ("7", "70", false), ("22.04", "22.04.1", true),
            ("22.0", "22.04", false), ("2012", "2012-r2", true), ("20.03", "20.03-sp3", true),
            ("20.03-SP3", "20.03-sp3", true), ("7.9", "7", false), ("", "7", false),
        ]
    )
    func prefix(prefix: String, version: String, expected: Bool) {
        #expect(
            VersionOrder.matches(version: version.utf8.span, prefix: prefix.utf8.span)
                == expected
        )
    }
}
