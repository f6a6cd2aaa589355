extension DistributionFacts {
    /// Facts by raw value of `Distribution`.
    static let table: [DistributionFacts] = Distribution.allCases.map(facts(of:))

    /// Canonical ids by raw value of `Distribution`, made once.
    static let ids: [String?] = table.map { facts in facts.id.map { "\($0)" } }

    private static func row(
        _ id: StaticString?,
        _ versions: VersionScheme = .pair,
        _ majors: ClosedRange<Int> = 1...99,
        minorMax: Int = 30,
        family: OperatingSystemFamily = .linux,
        mayBeCalled: [Distribution] = []
    ) -> DistributionFacts {
        DistributionFacts(
            id: id,
            family: family,
            versions: versions,
            majors: majors,
            minorMax: minorMax,
            mayBeCalled: DistributionSet(mayBeCalled)
        )
    }

    /// Systems rebuilt from, or compatible with, the sources of Red Hat Enterprise Linux.
    private static func rebuild(
        _ id: StaticString,
        _ majors: ClosedRange<Int>,
        alsoCalled: [Distribution] = []
    ) -> DistributionFacts {
        let called: [Distribution] = [.centos, .rhel, .fedora] + alsoCalled
        return row(id, .pair, majors, minorMax: 13, mayBeCalled: called)
    }

    private static func facts(of distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .ubuntu, .debian, .kali, .deepin, .uos: debianLineage(distribution)
        case .centos, .centosStream, .rhel, .rhelCoreOS, .fedora, .fedoraCoreOS, .rocky, .almalinux,
            .oracle, .amazon, .scientific, .cloudlinux, .virtuozzo:
            redHatLineage(distribution)
        case .alibaba, .anolis, .tencentos, .opencloudos, .velinux, .openeuler, .euleros,
            .huaweiCloudEuler, .kylin, .neokylin, .openkylin, .bclinux, .ctyunos, .culinux,
            .fusionos, .kylinsec, .asianux:
            chineseSystems(distribution)
        case .azurelinux, .mariner, .photon, .bottlerocket, .containerOptimized, .coreos, .flatcar,
            .talos, .rancheros:
            containerHosts(distribution)
        case .freebsd, .openbsd, .netbsd, .dragonfly, .pfsense, .opnsense: bsd(distribution)
        case .windows, .windowsServer, .someWindows: windows(distribution)
        case .esxi, .android, .macos, .solaris: others(distribution)
        default: otherLinux(distribution)
        }
    }

    private static func debianLineage(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .ubuntu: row("ubuntu", .calendar(months: [4, 6, 10]), 4...40)
        case .kali: row("kali", .pair, 2013...2049, mayBeCalled: [.debian])
        case .deepin: row("deepin", .pair, 15...30, minorMax: 13, mayBeCalled: [.debian])
        case .uos:
            row("uos", .pair, 20...30, minorMax: 9, mayBeCalled: [.debian, .centos, .deepin])
        default: row("debian", .pair, 3...20, minorMax: 13)
        }
    }

    private static func redHatLineage(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .centosStream: rebuild("centos-stream", 8...20)
        case .rhel: row("rhel", .pair, 3...20, minorMax: 13)
        case .rhelCoreOS: row("rhcos", .pair, 4...9, mayBeCalled: [.rhel, .coreos])
        case .fedora: row("fedora", .majorOnly, 10...70)
        case .fedoraCoreOS:
            row("fedora-coreos", .majorOnly, 29...70, mayBeCalled: [.fedora, .coreos])
        case .rocky: rebuild("rocky", 8...20)
        case .almalinux: rebuild("almalinux", 8...20)
        case .oracle: rebuild("ol", 4...10)
        case .amazon: row("amzn", .amazon, 1...2049, mayBeCalled: [.centos, .rhel, .fedora])
        case .scientific: rebuild("scientific", 4...7)
        case .cloudlinux: rebuild("cloudlinux", 5...20)
        case .virtuozzo: rebuild("virtuozzo", 7...20)
        default: row("centos", .pair, 3...20, minorMax: 13, mayBeCalled: [.rhel])
        }
    }

    private static func chineseSystems(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .alibaba:
            row("alinux", .pairWithLongMinor, 2...17, mayBeCalled: [.centos, .rhel, .anolis])
        case .anolis: rebuild("anolis", 7...30)
        case .tencentos: rebuild("tencentos", 1...9)
        case .opencloudos: rebuild("opencloudos", 7...30, alsoCalled: [.tencentos])
        case .velinux: row("velinux", .pair, 1...9, mayBeCalled: [.debian])
        case .openeuler:
            row(
                "openeuler",
                .calendar(months: [3, 9]),
                20...40,
                mayBeCalled: [.euleros, .centos, .rhel]
            )
        case .euleros: row("euleros", .pair, 1...9, mayBeCalled: [.centos, .rhel])
        case .huaweiCloudEuler: rebuild("hce", 1...9, alsoCalled: [.euleros, .openeuler])
        case .kylin: rebuild("kylin", 3...15, alsoCalled: [.ubuntu, .openeuler])
        case .neokylin: rebuild("neokylin", 3...15, alsoCalled: [.kylin])
        case .openkylin: row("openkylin", .pair, 1...9, mayBeCalled: [.kylin, .ubuntu])
        case .bclinux: rebuild("bclinux", 7...30)
        case .ctyunos: rebuild("ctyunos", 1...30, alsoCalled: [.openeuler])
        case .culinux: rebuild("culinux", 1...30, alsoCalled: [.openeuler])
        case .fusionos: rebuild("fusionos", 20...40, alsoCalled: [.openeuler])
        case .kylinsec: rebuild("kylinsec", 3...30, alsoCalled: [.kylin])
        default: rebuild("asianux", 2...9)
        }
    }

    private static func containerHosts(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .azurelinux: row("azurelinux", .pair, 1...9, mayBeCalled: [.mariner])
        case .mariner: row("mariner", .pair, 1...3)
        case .photon: row("photon", .pair, 1...9)
        case .bottlerocket: row("bottlerocket", .pair, 1...9, minorMax: 99)
        case .containerOptimized: row("cos", .majorOnly, 45...299)
        case .coreos: row("coreos", .pair, 300...3999)
        case .flatcar: row("flatcar", .pair, 1500...9999, mayBeCalled: [.coreos, .fedora, .gentoo])
        case .talos: row("talos", .pair, 0...9)
        default: row("rancheros", .pair, 0...2)
        }
    }

    private static func otherLinux(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .sles: row("sles", .servicePack, 9...25, minorMax: 9)
        case .sled: row("sled", .servicePack, 9...25, minorMax: 9, mayBeCalled: [.sles])
        case .sleMicro: row("sle-micro", .pair, 5...9, mayBeCalled: [.sles])
        case .opensuse: row("opensuse", .pair, 10...42, minorMax: 9, mayBeCalled: [.sles])
        case .alpine: row("alpine", .pair, 2...4, minorMax: 40)
        case .arch: row("arch", .rolling)
        case .gentoo: row("gentoo", .pair, 1...2030)
        case .slackware: row("slackware", .pair, 8...20)
        case .nixos: row("nixos", .calendar(months: [5, 11]), 13...40)
        case .manjaro: row("manjaro", .pair, 15...40)
        case .mint: row("linuxmint", .pair, 13...40, mayBeCalled: [.ubuntu, .debian])
        case .void: row("void", .rolling)
        case .mageia: row("mageia", .pair, 1...20)
        case .vyos: row("vyos", .pair, 1...9, mayBeCalled: [.debian])
        case .openwrt: row("openwrt", .calendar(months: [2, 5, 7, 10, 12]), 14...40)
        case .gardenlinux: row("gardenlinux", .pair, 100...9999, mayBeCalled: [.debian])
        case .cirros: row("cirros", .pair, 0...2)
        default: row("clear-linux-os", .rolling)
        }
    }

    private static func bsd(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .openbsd: row("openbsd", .pair, 4...9, family: .bsd)
        case .netbsd: row("netbsd", .pair, 4...15, family: .bsd)
        case .dragonfly: row("dragonfly", .pair, 3...9, family: .bsd)
        case .pfsense: row("pfsense", .pair, 2...30, family: .bsd, mayBeCalled: [.freebsd])
        case .opnsense: row("opnsense", .pair, 15...40, family: .bsd, mayBeCalled: [.freebsd])
        default: row("freebsd", .pair, 5...20, minorMax: 9, family: .bsd)
        }
    }

    private static func windows(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .windows: row("windows", .windows, family: .windows, mayBeCalled: [.someWindows])
        case .windowsServer:
            row("windows-server", .windows, family: .windows, mayBeCalled: [.someWindows])
        default: row(nil, .windows, family: .windows)
        }
    }

    private static func others(_ distribution: Distribution) -> DistributionFacts {
        switch distribution {
        case .esxi: row("esxi", .pair, 4...9, family: .other)
        case .android: row("android", .majorOnly, 4...30, family: .other)
        case .macos: row("macos", .pair, 10...30, family: .other, mayBeCalled: [.amazon])
        default: row("solaris", .pair, 8...11, family: .other)
        }
    }
}
