internal import CatalogOracle
internal import ImageModel
internal import TestKit

/// Images as five providers list them: names and ids of their own, few systems, raw objects of some 550 bytes.
/// The same seed gives the same images.
struct GeneratedImages {
    struct Upstream {
        let id: String
        let provider: String
        let regions: [String]
    }

    static let upstreams = [
        Upstream(id: "huawei", provider: "huawei-ims", regions: ["cn-north-4", "eu-west-101"]),
        Upstream(
            id: "tencent",
            provider: "tencent-cvm",
            regions: ["ap-guangzhou", "ap-shanghai", "eu-frankfurt"]
        ),
        Upstream(id: "zenlayer", provider: "zenlayer-zec", regions: ["asia-east-1"]),
        Upstream(id: "aries", provider: "aries", regions: ["de-1"]),
        Upstream(id: "gmi", provider: "gmi", regions: ["us-denver1", "ap-tw"]),
    ]

    private static let systems: [(OperatingSystemFamily, String, [String])] = [
        (.linux, "ubuntu", ["16.04", "18.04", "20.04", "22.04", "24.04"]),
        (.linux, "centos", ["6.5", "7", "7.6", "7.9", "8.2", "8-stream"]),
        (.linux, "debian", ["9", "10", "11", "12"]), (.linux, "rocky", ["8.6", "8.10", "9.2"]),
        (.linux, "almalinux", ["8.4", "9.0"]), (.linux, "opensuse", ["15.4", "15.5"]),
        (.linux, "fedora", ["37", "38", "39"]), (.linux, "openeuler", ["20.03-sp3", "22.03"]),
        (.windows, "windows-server", ["2012-r2", "2016", "2019", "2022"]),
        (.bsd, "freebsd", ["12.3", "13.1"]),
    ]
    private static let uses = ["web", "db", "build", "golden", "Prod", "ci", "k8s-node", "Backup"]
    private static let tags = [
        ["env=prod"], ["env=test", "team=infra"], ["gpu"], ["golden", "owner=ops", "env=prod"],
    ]

    private let upstream: Upstream
    private var generator: SplitMix

    init(_ upstream: Upstream, seed: UInt64) {
        self.upstream = upstream
        generator = SplitMix(seed: seed)
    }

    mutating func next() -> Image {
        let (family, distribution, versions) = generator.pick(Self.systems)
        let version = generator.pick(versions)
        var image = Image(
            provider: upstream.provider,
            region: generator.pick(upstream.regions),
            nativeID: "\(hex(8))-\(hex(4))-\(hex(4))-\(hex(12))",
            name: name(distribution, version)
        )
        image.os = OperatingSystem(
            family: family,
            distribution: distribution,
            version: generator.chance(95) ? version : nil,
            label: "\(distribution) \(version) 64bit"
        )
        if generator.chance(30) {
            let revision = generator.next() % 5_000
            image.description = "\(distribution) image, built by the platform team, \(revision)"
        }
        addTraits(&image)
        addDates(&image)
        image.raw = raw(image)
        return image
    }

    private mutating func hex(_ digitCount: Int) -> String {
        let digits = String(generator.next() | 1 << 63, radix: 16)
        return String(digits.suffix(digitCount))
    }

    private mutating func name(_ distribution: String, _ version: String) -> String {
        if generator.chance(30) { return "\(distribution) \(version) 64bit" }
        let date = 20_150_101 + generator.next() % 100_000
        return "\(generator.pick(Self.uses))-\(distribution)-\(version)-\(date)-\(hex(6))"
    }

    private mutating func addTraits(_ image: inout Image) {
        image.architecture = generator.chance(80) ? .x86_64 : generator.pick([.arm64, .unknown])
        image.visibility =
            generator.chance(70) ? .public : generator.pick(Visibility.allCases)
        image.status = generator.chance(90) ? .available : generator.pick(ImageStatus.allCases)
        image.bootMode = generator.chance(40) ? generator.pick(BootMode.allCases) : nil
        image.sizeBytes = Int64(1 + generator.next() % 400) << 28
        image.minDiskGB = generator.pick([10, 20, 40, 50, 100])
        image.minRAMMB = generator.pick([0, 512, 1024, 2048, 4096])
        if generator.chance(20) { image.tags = generator.pick(Self.tags) }
    }

    private mutating func addDates(_ image: inout Image) {
        let seconds = Int64(1_420_070_400 + generator.next() % 330_000_000)
        image.createdAt = Timestamp(seconds: seconds)
        if generator.chance(80) {
            let later = Int64(generator.next() % 50_000_000)
            image.updatedAt = Timestamp(seconds: seconds + later)
        }
    }

    private mutating func raw(_ image: Image) -> [UInt8] {
        let (id, name) = (image.nativeID, image.name)
        let created = image.createdAt?.rfc3339 ?? ""
        let text = """
            {"id":"\(id)","name":"\(name)","status":"active","visibility":"public",\
            "__os_version":"\(image.os.label ?? "")","__os_type":"\(image.os.family.rawValue)",\
            "min_disk":\(image.minDiskGB ?? 0),"min_ram":\(image.minRAMMB ?? 0),\
            "created_at":"\(created)","updated_at":"\(image.updatedAt?.rfc3339 ?? created)",\
            "__imagetype":"gold","__platform":"\(image.os.distribution ?? "")",\
            "checksum":"\(hex(16))\(hex(16))","file":"/v2/images/\(id)/file",\
            "self":"/v2/images/\(id)","schema":"/v2/schemas/image","container_format":"bare",\
            "disk_format":"zvhd2","size":\(image.sizeBytes ?? 0)}
            """
        return Array(text.utf8)
    }
}
