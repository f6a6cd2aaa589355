/// How Zenlayer spells the systems of its public images.
struct ZenlayerSystem: Sendable {
    var category: String
    var osType: String
    var version: String?
    var name: String
    var means: IntendedSystem

    static let stock: [ZenlayerSystem] = common + rarer + windows

    /// Those that the category and the version alone tell, for images whose names say nothing.
    static let toldByMembers = stock.filter {
        !["OTHERS", "COREOS"].contains($0.category) && $0.means.distribution != "centos-stream"
    }

    private static let common: [ZenlayerSystem] = [
        linux("Ubuntu", "22.04", "Ubuntu Server 22.04 LTS x86 64-bit", "ubuntu"),
        linux("Ubuntu", "20.04", "Ubuntu Server 20.04 LTS x86 64-bit", "ubuntu"),
        linux("Ubuntu", "18.04", "Ubuntu Server 18.04 LTS x86 64-bit", "ubuntu"),
        linux("Ubuntu", "20.04", "ubuntu 20.04 x86_64", "ubuntu"),
        linux("CentOS", "7.9", "CentOS 7.9 x86 64-bit", "centos"),
        linux("CentOS", "8.2", "CentOS-8.2-netdisk-x86_64", "centos"),
        linux("centos", "7.6", "CentOS 7.6 x86 64-bit", "centos"),
        linux("CentOS", "9", "CentOS Stream 9 x86 64-bit", "centos-stream"),
        linux("Debian", "11.5", "Debian 11.5 x86 64-bit", "debian"),
        linux("Debian", "10.6", "Debian10.6-x86_64", "debian"),
        linux("Debian", "12", "Debian 12 x86 64-bit", "debian"),
    ]

    private static let rarer: [ZenlayerSystem] = [
        linux("ARCH_LINUX", nil, "Arch Linux x86 64-bit", "arch"),
        linux("COREOS", "37", "Fedora CoreOS 37 x86 64-bit", "fedora-coreos"),
        linux("FEDORA", "38", "Fedora 38 x86 64-bit", "fedora"),
        linux("KYLIN", "10", "Kylin V10 x86 64-bit", "kylin"),
        linux("ORACLE_LINUX", "8.6", "Oracle Linux 8.6 x86 64-bit", "ol"),
        linux("REDHAT", "8.6", "Red Hat Enterprise Linux 8.6 x86 64-bit", "rhel"),
        linux("TencentOS", "3.1", "TencentOS Server 3.1 (TK4) x86 64-bit", "tencentos"),
        linux("OTHERS", "9.3", "Rocky Linux 9.3 x86 64-bit", "rocky"),
        linux("OTHERS", "9.2", "AlmaLinux 9.2 x86 64-bit", "almalinux"),
        .init(
            category: "SUSE",
            osType: "linux",
            version: "15 SP4",
            name: "SUSE Linux Enterprise Server 15 SP4 x86 64-bit",
            means: .init("sles", "15.4", .x86_64)
        ),
        .init(
            category: "FreeBSD",
            osType: "bsd",
            version: "13.1",
            name: "FreeBSD 13.1 x86 64-bit",
            means: .init("freebsd", "13.1", .x86_64)
        ),
    ]

    private static let windows: [ZenlayerSystem] = [
        windows("2019", "Windows Server 2019 Datacenter 64-bit", "2019"),
        windows("2016", "Windows Server 2016 Datacenter 64-bit", "2016"),
        windows("2012 R2", "Windows Server 2012 R2 Standard 64-bit", "2012-r2"),
        windows("2022", "Win2022-SE-CN", "2022", .unknown),
        .init(
            category: "Windows",
            osType: "windows",
            version: "10",
            name: "Windows 10 Pro 64-bit",
            means: .init("windows", "10", .x86_64)
        ),
    ]

    private static func linux(
        _ category: String,
        _ version: String?,
        _ name: String,
        _ distribution: String
    ) -> ZenlayerSystem {
        ZenlayerSystem(
            category: category,
            osType: "linux",
            version: version,
            name: name,
            means: IntendedSystem(distribution, version, .x86_64)
        )
    }

    private static func windows(
        _ version: String,
        _ name: String,
        _ means: String,
        _ architecture: IntendedSystem.Architecture = .x86_64
    ) -> ZenlayerSystem {
        ZenlayerSystem(
            category: "Windows",
            osType: "windows",
            version: version,
            name: name,
            means: IntendedSystem("windows-server", means, architecture)
        )
    }
}
