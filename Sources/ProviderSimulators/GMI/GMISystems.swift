/// How GMI spells the systems of its images.
struct GMISystem: Sendable {
    var series: String
    var version: String
    var name: String
    var means: IntendedSystem

    static let stock: [GMISystem] = [
        .init("Ubuntu", "22.04", "Ubuntu 22.04 CUDA 12.4", .init("ubuntu", "22.04", .x86_64)),
        .init("Ubuntu", "24.04", "Ubuntu 24.04 CUDA 12.8", .init("ubuntu", "24.04", .x86_64)),
        .init("Ubuntu", "20.04", "Ubuntu 20.04 x86_64", .init("ubuntu", "20.04", .x86_64)),
        .init("Ubuntu", "24.04", "Ubuntu 24.04 GB200 arm64", .init("ubuntu", "24.04", .arm64)),
        .init("Ubuntu", "22.04.4", "Ubuntu 22.04.4 MLNX OFED", .init("ubuntu", "22.04", .x86_64)),
        .init("Rocky Linux", "9.4", "Rocky-9.4", .init("rocky", "9.4", .x86_64)),
        .init("Rocky Linux", "8.9", "Rocky-8.9", .init("rocky", "8.9", .x86_64)),
        .init("AlmaLinux", "9.3", "AlmaLinux-9.3", .init("almalinux", "9.3", .x86_64)),
        .init("CentOS", "7.9", "CentOS-7.9-x86_64", .init("centos", "7.9", .x86_64)),
        .init("CentOS Stream", "9", "CentOS-Stream-9", .init("centos-stream", "9", .x86_64)),
        .init("Debian", "12", "Debian 12", .init("debian", "12", .x86_64)),
        .init("Debian", "11.9", "Debian 11.9", .init("debian", "11.9", .arm64)),
        .init(
            "Red Hat Enterprise Linux",
            "9.2",
            "RHEL 9.2",
            .init("rhel", "9.2", .x86_64)
        ),
        .init("openEuler", "22.03", "openEuler 22.03", .init("openeuler", "22.03", .arm64)),
        .init("Fedora", "40", "Fedora 40", .init("fedora", "40", .x86_64)),
        .init(
            "SUSE Linux Enterprise Server",
            "15 SP5",
            "SLES 15 SP5",
            .init("sles", "15.5", .x86_64)
        ),
        .init(
            "Windows Server",
            "2022",
            "Windows Server 2022 Datacenter",
            .init("windows-server", "2022", .x86_64)
        ),
        .init(
            "Windows Server",
            "2012 R2",
            "Windows Server 2012 R2",
            .init("windows-server", "2012-r2", .x86_64)
        ),
        .init("FreeBSD", "14.0", "FreeBSD 14.0", .init("freebsd", "14.0", .x86_64)),
    ]

    init(_ series: String, _ version: String, _ name: String, _ means: IntendedSystem) {
        self.series = series
        self.version = version
        self.name = name
        self.means = means
    }
}
