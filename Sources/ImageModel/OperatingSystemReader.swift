/// Understands what providers say about the systems of many images, one after the other. Keeps its
/// buffers, and what the texts mean that a list repeats; no finding depends on what was read before.
public struct OperatingSystemReader: ~Copyable, Sendable {
    private var judge = ClaimsJudge()

    public init() {}

    /// After each page: tells a list that has grown from one that changes little by little.
    public mutating func pageEnded() { judge.pageEnded() }

    /// What `claims.understood()` says.
    public mutating func finding(for claims: OperatingSystemClaims) -> OperatingSystemFinding {
        let family = judge.judge(
            name: claims.name,
            label: claims.label,
            platform: claims.platform,
            version: claims.version,
            family: claims.family,
            architecture: claims.architecture,
            bits: claims.bits,
            description: claims.description
        )
        return OperatingSystemFinding(
            system: OperatingSystem(
                family: family,
                distribution: judge.verdict.system?.id,
                version: judge.releaseText(),
                label: claims.label.said ?? claims.platform.said
            ),
            architecture: judge.verdict.architecture.value,
            disagreements: judge.verdict.disagreements.words
        )
    }

    /// The same for an image whose name and description are filled in: sets family, distribution, version
    /// and architecture, and returns the disagreements. The texts are those of `OperatingSystemClaims`.
    public mutating func describe(
        _ image: inout Image,
        label: String? = nil,
        platform: String? = nil,
        version: String? = nil,
        family: String? = nil,
        architecture: String? = nil,
        bits: String? = nil
    ) -> [String] {
        image.os.family = judge.judge(
            name: image.name,
            label: label,
            platform: platform,
            version: version,
            family: family,
            architecture: architecture,
            bits: bits,
            description: image.description
        )
        image.os.distribution = judge.verdict.system?.id
        image.os.version = judge.releaseText()
        image.architecture = judge.verdict.architecture.value
        return judge.verdict.disagreements.words
    }
}
