/// How an Aries installation spells the systems it carries.
struct AriesSystem: Sendable {
    var name: String
    var osType: String
    var osName: String
    var means: IntendedSystem
    /// Of a disk file, which ends its name.
    var fileSuffix = ""

    static let stock: [AriesSystem] = linux + others + windows

    private static let linux: [AriesSystem] = [
        linux("CentOS-7.9-x64", "CentOS", .init("centos", "7.9", .x86_64)),
        linux("CentOS-6.8-x86_64", "CentOS", .init("centos", "6.8", .x86_64)),
        linux("CentOS-Stream-9-x64", "CentOS Stream", .init("centos-stream", "9", .x86_64)),
        linux("Ubuntu-20.04-x64", "Ubuntu", .init("ubuntu", "20.04", .x86_64)),
        linux("Ubuntu-22.04-x64", "Ubuntu", .init("ubuntu", "22.04", .x86_64)),
        linux("Ubuntu-24.04-arm64", "Ubuntu", .init("ubuntu", "24.04", .arm64)),
        linux("Debian-12-x64", "Debian", .init("debian", "12", .x86_64)),
        linux("Debian-11.6-x64", "Debian", .init("debian", "11.6", .x86_64)),
        linux("Rocky-9.3-x64", "Rocky", .init("rocky", "9.3", .x86_64)),
        linux("AlmaLinux-9.4-x64", "AlmaLinux", .init("almalinux", "9.4", .x86_64)),
        linux("RHEL-8.8-x64", "Red Hat Enterprise Linux", .init("rhel", "8.8", .x86_64)),
        linux("openEuler-22.03-x64", "openEuler", .init("openeuler", "22.03", .x86_64)),
        linux("openEuler-22.03-aarch64", "openEuler", .init("openeuler", "22.03", .arm64)),
        linux("EulerOS-2.5-x64", "EulerOS", .init("euleros", "2.5", .x86_64)),
        linux("Fedora-40-x64", "Fedora", .init("fedora", "40", .x86_64)),
        linux("SLES-15-SP5-x64", "SUSE Linux Enterprise Server", .init("sles", "15.5", .x86_64)),
        linux("openSUSE-Leap-15.5-x64", "openSUSE", .init("opensuse", "15.5", .x86_64)),
        linux("Kylin-V10-x64", "Kylin", .init("kylin", "10", .x86_64)),
        linux("OracleLinux-8.9-x64", "Oracle Linux", .init("ol", "8.9", .x86_64)),
    ]

    private static let others: [AriesSystem] = [
        .init(
            name: "FreeBSD-13.2-x64",
            osType: "",
            osName: "FreeBSD",
            means: .init("freebsd", "13.2", .x86_64)
        ),
        .init(
            name: "ikuai-3.7",
            osType: "linux",
            osName: "IKuai",
            means: .init(nil, nil, .unknown, family: "linux")
        ),
        .init(
            name: "Ubuntu-18.04",
            osType: "",
            osName: "Ubuntu",
            means: .init("ubuntu", "18.04", .unknown)
        ),
    ]

    private static let windows: [AriesSystem] = [
        .init(
            name: "win_server_2022_21H2_x64_dtc_zh-cn_40G",
            osType: "windows",
            osName: "Windows Server 2022 数据中心版 64位中文版",
            means: .init("windows-server", "2022", .x86_64),
            fileSuffix: ".vhdx"
        ),
        .init(
            name: "win_server_2012_r2_x64_dtc_en-us_40G",
            osType: "Windows Server",
            osName: "Windows Server 2012 R2 Datacenter",
            means: .init("windows-server", "2012-r2", .x86_64),
            fileSuffix: ".vhdx"
        ),
        .init(
            name: "Windows-Server-2019-x64",
            osType: "windows",
            osName: "Windows Server",
            means: .init("windows-server", "2019", .x86_64)
        ),
        .init(
            name: "Windows-10-x64",
            osType: "windows",
            osName: "Windows 10",
            means: .init("windows", "10", .x86_64)
        ),
    ]

    private static func linux(
        _ name: String,
        _ osName: String,
        _ means: IntendedSystem
    ) -> AriesSystem {
        AriesSystem(name: name, osType: "linux", osName: osName, means: means)
    }
}
