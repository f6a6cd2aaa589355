/// How Tencent CVM spells the systems of its images, in the API of today and that of 2017.
struct TencentSystem: Sendable {
    var platform: String
    var osName: String
    /// The name in the API of 2017, without blanks.
    var legacyName: String
    /// `x86_64`, `arm` or `i386`.
    var architecture: String
    var means: IntendedSystem

    static let stock: [TencentSystem] = ownLinux + linux + windows + others

    private static let ownLinux: [TencentSystem] = [
        x86("TencentOS", "TencentOS Server 3.1 (TK4)", "tlinux3.1x86_64", "tencentos", "3.1"),
        arm(
            "TencentOS",
            "TencentOS Server 3.1 for ARM64 (TK4)",
            "tlinux3.1arm64",
            "tencentos",
            "3.1"
        ),
        x86(
            "TencentOS",
            "TencentOS Server 4 for x86_64",
            "tlinux4_x86_64_public",
            "tencentos",
            "4"
        ),
        x86("TencentOS", "TencentOS Server 3.2 (Final)", "tlinux3.2x86_64", "tencentos", "3.2"),
        x86("OpenCloudOS", "OpenCloudOS Server 9", "opencloudos9x86_64", "opencloudos", "9"),
        x86("OpenCloudOS", "OpenCloudOS Server 8", "opencloudos8x86_64", "opencloudos", "8"),
    ]

    private static let linux: [TencentSystem] = [
        x86("CentOS", "CentOS 7.6 64bit", "centos7.6x86_64", "centos", "7.6"),
        x86("CentOS", "CentOS 7.9 64bit", "centos7.9x86_64", "centos", "7.9"),
        x86("CentOS", "CentOS 8.2 64bit", "centos8.2x86_64", "centos", "8.2"),
        x86("CentOS Stream", "CentOS Stream 9 64bit", "centos-stream9x86_64", "centos-stream", "9"),
        x86("Ubuntu", "Ubuntu Server 22.04 LTS 64bit", "ubuntu22.04x86_64", "ubuntu", "22.04"),
        x86("Ubuntu", "Ubuntu Server 20.04 LTS 64bit", "ubuntu20.04x86_64", "ubuntu", "20.04"),
        x86("Ubuntu", "Ubuntu Server 18.04.1 LTS 64bit", "ubuntu18.04.1x86_64", "ubuntu", "18.04"),
        arm("Ubuntu", "Ubuntu Server 22.04 LTS 64bit ARM", "ubuntu22.04arm64", "ubuntu", "22.04"),
        x86("Debian", "Debian 12.0 64bit", "debian12.0x86_64", "debian", "12.0"),
        x86("Debian", "Debian 11.1 64bit", "debian11.1x86_64", "debian", "11.1"),
        x86("AlmaLinux", "AlmaLinux 9.3 64bit", "almalinux9.3x86_64", "almalinux", "9.3"),
        x86("Rocky Linux", "Rocky Linux 9.2 64bit", "rockylinux9.2x86_64", "rocky", "9.2"),
        x86("Fedora", "Fedora 37 64bit", "fedora37x86_64", "fedora", "37"),
        x86("OpenSUSE", "openSUSE Leap 15.4 64bit", "opensuse15.4x86_64", "opensuse", "15.4"),
        x86("Red Hat", "Red Hat Enterprise Linux 7.9 64bit", "redhat7.9x86_64", "rhel", "7.9"),
    ]

    private static let windows: [TencentSystem] = [
        win("Windows Server 2019 Datacenter 64bit EN", "win2019x86_64", "2019"),
        win("Windows Server 2022 数据中心版 64位 中文版", "win2022x86_64", "2022"),
        win("Windows Server 2016 数据中心版 64位中文版", "win2016x86_64", "2016"),
        win("Windows Server 2012 R2 数据中心版 64位英文版", "win2012r2x86_64", "2012-r2"),
        win("Windows Server 2008 R2 Enterprise SP1 64bit", "win2008r2x86_64", "2008-r2"),
    ]

    private static let others: [TencentSystem] = [
        x86("FreeBSD", "FreeBSD 13.1 64bit", "freebsd13.1x86_64", "freebsd", "13.1"),
        // The fields contradict each other: both names say 32 bit.
        .init(
            platform: "CentOS",
            osName: "CentOS 6.6 32位",
            legacyName: "centos6.6x86_32",
            architecture: "x86_64",
            means: .init("centos", "6.6", .i386)
        ),
        .init(
            platform: "Ubuntu",
            osName: "Ubuntu Server 16.04.1 LTS 32位",
            legacyName: "ubuntu16.04.1x86_32",
            architecture: "i386",
            means: .init("ubuntu", "16.04", .i386)
        ),
        .init(
            platform: "Other Linux",
            osName: "Other Linux 64bit",
            legacyName: "otherlinuxx86_64",
            architecture: "x86_64",
            means: .init(nil, nil, .x86_64, family: "linux")
        ),
    ]

    private static func x86(
        _ platform: String,
        _ osName: String,
        _ legacyName: String,
        _ distribution: String,
        _ version: String
    ) -> TencentSystem {
        TencentSystem(
            platform: platform,
            osName: osName,
            legacyName: legacyName,
            architecture: "x86_64",
            means: IntendedSystem(distribution, version, .x86_64)
        )
    }

    private static func arm(
        _ platform: String,
        _ osName: String,
        _ legacyName: String,
        _ distribution: String,
        _ version: String
    ) -> TencentSystem {
        TencentSystem(
            platform: platform,
            osName: osName,
            legacyName: legacyName,
            architecture: "arm",
            means: IntendedSystem(distribution, version, .arm64)
        )
    }

    private static func win(
        _ osName: String,
        _ legacyName: String,
        _ version: String
    ) -> TencentSystem {
        x86("Windows", osName, legacyName, "windows-server", version)
    }
}
