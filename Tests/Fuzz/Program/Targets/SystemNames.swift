import ImageModel
import TestKit

extension FuzzTarget {
    /// What a provider says about a system: name, label, platform, version, family, architecture, bits,
    /// description, a line each. A reader that has read millions of others finds what a new one finds.
    static let systemNames = FuzzTarget(
        name: "system-names",
        byteCountMax: 256,
        seeds: { systemSeeds }
    ) { bytes in
        let lines = bytes.text.split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init
        )
        let claims = OperatingSystemClaims(
            name: lines[0],
            label: line(1, of: lines),
            platform: line(2, of: lines),
            version: line(3, of: lines),
            family: line(4, of: lines),
            architecture: line(5, of: lines),
            bits: line(6, of: lines),
            description: line(7, of: lines)
        )
        let finding = reader.finding(for: claims)
        let version = finding.system.version
        hold(version?.isEmpty != true && finding.system.distribution?.isEmpty != true, "empty")
        hold((version?.utf8.count ?? 0) <= 64, "version \(version ?? "")")
        // A new reader costs much, so that not every input gets one.
        guard bytes.cut % 8 == 0 else { return }
        hold(claims.understood() == finding, "\(finding) by one that has read others")
    }

    /// Used by libFuzzer's thread alone.
    nonisolated(unsafe) private static var reader = OperatingSystemReader()

    private static func line(_ index: Int, of lines: [String]) -> String? {
        lines.indices.contains(index) && !lines[index].isEmpty ? lines[index] : nil
    }

    private static var systemSeeds: [[UInt8]] {
        let rich = [
            "CentOS 7.3 64bit vivado\nCentOS 7.3 64bit\nCentOS\n7.3\nLinux\nx86_64\n64\n",
            "Windows Server 2012 R2 数据中心版 64位中文版\n\nWindows\n\nwindows\n\n\n",
            "openEuler-20.03-LTS-SP3-aarch64\n\nopenEuler\n20.03\n\narm\n64\nEuler 2.8",
            "ubuntu-jammy-server-cloudimg-amd64.img\n\n\n\n\n\n\nUbuntu 22.04.4 LTS (x86)",
        ]
        let names = PackageFiles.contents(below: "Tests/ImageModelTests/Fixtures", endingIn: ".txt")
            .flatMap { $0.split(separator: 0x0A).prefix(400).map { Array($0.prefix(200)) } }
        return rich.map { Array($0.utf8) } + names
    }
}
