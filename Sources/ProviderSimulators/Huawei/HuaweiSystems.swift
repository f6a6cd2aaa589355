/// How Huawei IMS spells the systems of its images.
struct HuaweiSystem: Sendable {
    var osType: String
    var platform: String
    var osVersion: String
    /// `32` or `64`.
    var bits: String
    var isARM: Bool
    var means: IntendedSystem

    /// Of a public image.
    var publicName: String {
        switch (isARM, osVersion) {
        case (true, _): osVersion + " with ARM"
        case (false, "Debian GNU/Linux 10.0.0 64bit"): "Debian 10.0.0 64bit"
        default: osVersion
        }
    }

    static let stock: [HuaweiSystem] = linux + ownLinux + arm + others + windows

    private static let linux: [HuaweiSystem] = [
        linux("CentOS", "CentOS 7.9 64bit", "centos", "7.9"),
        linux("CentOS", "CentOS 7.3 64bit", "centos", "7.3"),
        linux("CentOS", "CentOS 8.2 64bit", "centos", "8.2"),
        linux("CentOS", "CentOS Stream 9 64bit", "centos-stream", "9"),
        linux("Ubuntu", "Ubuntu 22.04 server 64bit", "ubuntu", "22.04"),
        linux("Ubuntu", "Ubuntu 20.04 server 64bit", "ubuntu", "20.04"),
        linux("Ubuntu", "Ubuntu 18.04 server 64bit", "ubuntu", "18.04"),
        linux("Debian", "Debian GNU/Linux 10.0.0 64bit", "debian", "10.0"),
        linux("Debian", "Debian 11.1.0 64bit", "debian", "11.1"),
        linux("RedHat", "Redhat Linux Enterprise 7.4 64bit", "rhel", "7.4"),
        linux("Red Hat", "Red Hat Enterprise Linux 8.7 64bit", "rhel", "8.7"),
        linux("SUSE", "SUSE Linux Enterprise Server 12 SP5 64bit", "sles", "12.5"),
        linux("SUSE", "SUSE SLES 15 SP3 64bit", "sles", "15.3"),
        linux("OpenSUSE", "OpenSUSE 15.0 64bit", "opensuse", "15.0"),
        linux("Oracle Linux", "Oracle Linux Server release 7.6 64bit", "ol", "7.6"),
        linux("Fedora", "Fedora 30 64bit", "fedora", "30"),
        linux("Other", "AlmaLinux 9.0 64bit", "almalinux", "9.0"),
        linux("Other", "Rocky Linux 8.5 64bit", "rocky", "8.5"),
    ]

    private static let ownLinux: [HuaweiSystem] = [
        linux("EulerOS", "EulerOS 2.5 64bit", "euleros", "2.5"),
        linux("EulerOS", "openEuler 20.03 64bit", "openeuler", "20.03"),
        linux("openEuler", "openEuler 20.03 SP3 64bit", "openeuler", "20.03-sp3"),
        linux("Huawei Cloud EulerOS", "Huawei Cloud EulerOS 2.0 64bit", "hce", "2.0"),
        linux("Other", "NeoKylin 7.4 64bit", "neokylin", "7.4"),
        linux("Kylin", "Kylin V10 64bit", "kylin", "10"),
    ]

    private static let arm: [HuaweiSystem] = [
        linux("EulerOS", "openEuler 22.03 64bit", "openeuler", "22.03", isARM: true),
        linux("Ubuntu", "Ubuntu 20.04 server 64bit", "ubuntu", "20.04", isARM: true),
        linux("CentOS", "CentOS 7.6 64bit", "centos", "7.6", isARM: true),
    ]

    private static let others: [HuaweiSystem] = [
        .init(
            osType: "Linux",
            platform: "CentOS",
            osVersion: "CentOS 6.8 32bit",
            bits: "32",
            isARM: false,
            means: .init("centos", "6.8", .i386)
        ),
        .init(
            osType: "Other",
            platform: "Other",
            osVersion: "FreeBSD 12.2 64bit",
            bits: "64",
            isARM: false,
            means: .init("freebsd", "12.2", .x86_64)
        ),
    ]

    private static let windows: [HuaweiSystem] = [
        windows("Windows Server 2019 Datacenter 64bit", "windows-server", "2019"),
        windows("Windows Server 2016 Standard 64bit", "windows-server", "2016"),
        windows("Windows Server 2012 R2 Standard 64bit", "windows-server", "2012-r2"),
        windows("Windows 2008 Enterprise R2 64bit", "windows-server", "2008-r2"),
        windows("Windows 10 64bit", "windows", "10"),
    ]

    private static func linux(
        _ platform: String,
        _ osVersion: String,
        _ distribution: String,
        _ version: String,
        isARM: Bool = false
    ) -> HuaweiSystem {
        HuaweiSystem(
            osType: "Linux",
            platform: platform,
            osVersion: osVersion,
            bits: "64",
            isARM: isARM,
            means: IntendedSystem(distribution, version, isARM ? .arm64 : .x86_64)
        )
    }

    private static func windows(
        _ osVersion: String,
        _ distribution: String,
        _ version: String
    ) -> HuaweiSystem {
        HuaweiSystem(
            osType: "Windows",
            platform: "Windows",
            osVersion: osVersion,
            bits: "64",
            isARM: false,
            means: IntendedSystem(distribution, version, .x86_64)
        )
    }
}
