/// Weighs the claims of one image against each other.
struct ClaimsJudge {
    var reader = NameReader()

    /// Verdicts so far.
    var system: Distribution?
    var release: ReleaseNumber?
    var architecture = ArchitectureClaim()
    var disagreements = Disagreements()

    mutating func finding(for claims: OperatingSystemClaims) -> OperatingSystemFinding {
        let family = readFamily(claims.family)
        let label = read(claims.label)
        let platform = read(claims.platform)
        judgeFields(label, platform, family.reading)
        let name = reader.read(claims.name)
        judge(name: name, family: family.word, claims)
        judgeArchitecture(claims, label, platform, name)
        judge(description: claims.description)
        let saysLinux = label.saysLinux || platform.saysLinux || name.saysLinux
        let judged = judgeFamily(family.word, saysLinux)
        return finding(for: claims, family: judged)
    }

    private func finding(
        for claims: OperatingSystemClaims,
        family: OperatingSystemFamily
    ) -> OperatingSystemFinding {
        OperatingSystemFinding(
            system: OperatingSystem(
                family: family,
                distribution: system?.facts.id,
                version: release?.text,
                label: claims.label.said ?? claims.platform.said
            ),
            architecture: architecture.value,
            disagreements: disagreements.words
        )
    }

    private mutating func read(_ text: String?) -> NameReading {
        guard let text = text.said else { return NameReading() }
        return reader.read(text)
    }
}

/// What the claims contradict each other about.
struct Disagreements {
    var family = false
    var distribution = false
    var version = false
    var architecture = false

    var words: [String] {
        guard family || distribution || version || architecture else { return [] }
        let flags = [
            ("family", family), ("distribution", distribution), ("version", version),
            ("architecture", architecture),
        ]
        return flags.filter(\.1).map(\.0)
    }
}

extension String? {
    /// The text, or `nil` where it is empty.
    var said: String? {
        guard let text = self, !text.utf8.allSatisfy({ $0 == 0x20 }) else { return nil }
        return text
    }
}
