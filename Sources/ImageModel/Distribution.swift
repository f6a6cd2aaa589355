/// Every operating system that can be recognised by name. `DistributionFacts` holds what is known
/// about each; `NameLexicon+Phrases` holds how each is spelled.
enum Distribution: UInt8, CaseIterable {
    case ubuntu, debian, kali, deepin, uos
    case centos, centosStream, rhel, rhelCoreOS, fedora, fedoraCoreOS
    case rocky, almalinux, oracle, amazon, scientific, cloudlinux, virtuozzo
    case sles, sled, sleMicro, opensuse
    case alibaba, anolis, tencentos, opencloudos, velinux
    case openeuler, euleros, huaweiCloudEuler, kylin, neokylin, openkylin
    case bclinux, ctyunos, culinux, fusionos, kylinsec, asianux
    case azurelinux, mariner, photon, bottlerocket, containerOptimized, coreos, flatcar, talos
    case alpine, arch, gentoo, slackware, nixos, manjaro, mint, void, mageia
    case vyos, openwrt, cirros, rancheros, clearlinux, gardenlinux
    case freebsd, openbsd, netbsd, dragonfly, pfsense, opnsense
    case windows, windowsServer
    /// Windows without a word on which: the family is known, the distribution is not.
    case someWindows
    case esxi, android, macos, solaris

    var facts: DistributionFacts { DistributionFacts.table[Int(rawValue)] }

    /// The canonical id; `nil` where only the family is certain.
    var id: String? { DistributionFacts.ids[Int(rawValue)] }

    var isWindows: Bool {
        self == .windows || self == .windowsServer || self == .someWindows
    }

    /// Whether this is a closer description of what a provider may well call `other`, for want of a
    /// better entry in its own list.
    func refines(_ other: Distribution) -> Bool {
        facts.mayBeCalled.contains(other)
    }

    /// Whether both are editions of one product, which providers seldom tell apart.
    func isSameProduct(as other: Distribution) -> Bool {
        if isWindows, other.isWindows { return true }
        switch (self, other) {
        case (.centos, .centosStream), (.centosStream, .centos), (.fedora, .fedoraCoreOS),
            (.fedoraCoreOS, .fedora), (.euleros, .huaweiCloudEuler), (.huaweiCloudEuler, .euleros),
            (.euleros, .openeuler), (.openeuler, .euleros), (.kylin, .neokylin),
            (.neokylin, .kylin),
            (.sles, .opensuse), (.opensuse, .sles), (.sles, .sleMicro), (.sleMicro, .sles):
            return true
        default: return false
        }
    }
}
