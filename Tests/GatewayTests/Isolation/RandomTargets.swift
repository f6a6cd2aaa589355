import TestKit

/// Random list queries out of what the demo's images have, good ones for the most part.
struct RandomTargets {
    private var random: SplitMix

    init(seed: UInt64) { random = SplitMix(seed: seed) }

    private static let filters: [(String, [String])] = [
        ("provider", ["aries", "gmi", "huawei-ims", "tencent-cvm", "zenlayer"]),
        ("region", ["ap-guangzhou", "cn-north-4", "FRA-A", "nowhere"]),
        ("os_family", ["linux", "windows", "bsd", "other", "unknown"]),
        ("os_distribution", ["ubuntu", "centos", "debian", "windows-server", "rocky"]),
        ("os_version", ["7", "20.04", "22.04", "2019", "9"]),
        ("architecture", ["x86_64", "arm64", "i386", "unknown"]),
        ("visibility", ["public", "private", "shared", "marketplace"]),
        ("status", ["available", "pending", "unavailable", "error"]),
        ("q", ["ubuntu", "64", "server", "a", "img"]),
        ("name", ["*ubuntu*", "*2*", "C*", "*"]),
        ("created_after", ["2015-01-01T00:00:00Z", "2020-06-01T00:00:00Z"]),
        ("min_disk_gb_max", ["20", "40", "100"]),
        ("latest_by", ["os_distribution", "provider,os_family", "upstream"]),
    ]

    private static let shapes: [(String, [String])] = [
        ("sort", ["name", "-created_at", "os_version,-name", "provider", "-size_bytes,id"]),
        ("fields", ["name", "id,sources", "name,os,raw"]),
        (
            "facets",
            [
                "upstream", "provider,os_family", "os_distribution,region,status",
                "upstream,architecture",
            ]
        ),
        ("explain", ["true"]),
        ("require", ["complete"]),
    ]

    /// Query parameters of one question, without what is about upstreams and pages.
    mutating func next() -> String {
        var parameters: [String] = []
        for (name, values) in pick(Self.filters, atMost: 3) + pick(Self.shapes, atMost: 3) {
            parameters.append("\(name)=\(values.randomElement(using: &random) ?? "")")
        }
        parameters.append("limit=\(Int.random(in: 1...12, using: &random))")
        return parameters.joined(separator: "&")
    }

    mutating func element<Element>(_ elements: [Element]) -> Element? {
        elements.randomElement(using: &random)
    }

    mutating func isOne(in count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private mutating func pick(
        _ list: [(String, [String])],
        atMost count: Int
    ) -> ArraySlice<(String, [String])> {
        list.shuffled(using: &random).prefix(Int.random(in: 0...count, using: &random))
    }
}
