extension OperatingSystemClaims {
    /// What the claims mean in the canonical vocabulary.
    ///
    /// Fields are trusted before the name and the name before the description, but the more specific
    /// claim wins: `AlmaLinux 9` in the name over the platform `centos`, `32bit` over a default
    /// `x86_64`. What nobody says stays unknown. `system.label` is the provider's own text: the label,
    /// else the platform. Linear in the length of the texts, of which at most 512 bytes each are read.
    public func understood() -> OperatingSystemFinding {
        var judge = ClaimsJudge()
        return judge.finding(for: self)
    }
}

/// Weighs the claims of one image against each other.
struct ClaimsJudge {
    private var reader = NameReader()

    /// Verdicts so far.
    private var system: Distribution?
    private var release: ReleaseNumber?
    private var architecture = ArchitectureClaim()
    private var disagreements = Disagreements()

    mutating func finding(for claims: OperatingSystemClaims) -> OperatingSystemFinding {
        let family = readFamily(claims.family)
        let label = read(claims.label)
        let platform = read(claims.platform)
        judgeFields(label, platform, family.reading)
        let name = reader.read(claims.name)
        judge(name: name, family: family.word, platform: platform.system, claims)
        let description = readDescriptionIfNeeded(claims.description)
        judgeArchitecture(claims, label, platform, name, description.architecture)
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

// MARK: Fields

extension ClaimsJudge {
    /// The family word of a field, and what the field says beyond it, such as `Windows Server`.
    private mutating func readFamily(
        _ text: String?
    ) -> (word: OperatingSystemFamily?, reading: NameReading) {
        guard let text = text.said else { return (nil, NameReading()) }
        let lowered = text.lowercased()
        switch lowered {
        case "linux": return (.linux, NameReading())
        case "windows": return (.windows, NameReading(system: .someWindows))
        case "bsd": return (.bsd, NameReading())
        case "other", "others", "any", "android": return (.other, NameReading())
        default:
            let reading = reader.read(text)
            return (reading.system?.facts.family ?? (reading.saysLinux ? .linux : nil), reading)
        }
    }

    /// The label comes first; platform and family add to it where it is silent or coarser.
    private mutating func judgeFields(_ readings: NameReading...) {
        for reading in readings {
            guard let candidate = reading.system else { continue }
            consider(candidate, reading.release, mayOverrule: false)
        }
    }

    /// Takes over a claim that is trusted less, where it is the more specific one.
    private mutating func consider(
        _ candidate: Distribution,
        _ candidateRelease: ReleaseNumber?,
        mayOverrule: Bool
    ) {
        guard let current = system else {
            (system, release) = (candidate, candidateRelease)
            return
        }
        guard candidate != current else {
            mergeRelease(candidateRelease)
            return
        }
        if current.refines(candidate) {
            if !current.isSameProduct(as: candidate) { disagreements.distribution = true }
            return
        }
        let saysAsMuch = candidateRelease != nil || release == nil
        let isCloser = candidate.refines(current) && saysAsMuch
        let saysMore = mayOverrule && release == nil && candidateRelease != nil
        if !candidate.isSameProduct(as: current) { disagreements.distribution = true }
        if isCloser || saysMore { (system, release) = (candidate, candidateRelease) }
    }

    /// Adds what a less trusted claim says about the version of the same system.
    private mutating func mergeRelease(_ other: ReleaseNumber?) {
        guard let other else { return }
        guard let current = release else {
            release = other
            return
        }
        if other.refines(current) {
            release = other
        } else if !other.agrees(with: current) {
            disagreements.version = true
        }
    }
}

// MARK: Name, version field, description

extension ClaimsJudge {
    private mutating func judge(
        name: NameReading,
        family: OperatingSystemFamily?,
        platform: Distribution?,
        _ claims: OperatingSystemClaims
    ) {
        let fieldSystem = system
        if let candidate = name.system {
            if contradicts(candidate, name.release, family) {
                disagreements.distribution = true
            } else {
                let mayOverrule = confirms(claims.version, name)
                consider(candidate, name.release, mayOverrule: mayOverrule)
            }
        } else if let current = system, release == nil,
            let claim = reader.bareRelease(of: current)
        {
            (system, release) = (claim.system, claim.release)
        }
        judge(version: claims.version, isOfOther: fieldSystem != nil && fieldSystem != system)
    }

    /// Whether the version field, if there is one, tells the same version as the name.
    private mutating func confirms(_ version: String?, _ name: NameReading) -> Bool {
        guard let text = version.said else { return true }
        guard let named = name.system, let stated = name.release else { return false }
        return reader.readRelease(text, of: named)?.release?.agrees(with: stated) ?? false
    }

    /// Whether a name without a version stands against a family field: then the name is only a name.
    private func contradicts(
        _ candidate: Distribution,
        _ candidateRelease: ReleaseNumber?,
        _ family: OperatingSystemFamily?
    ) -> Bool {
        guard system == nil || system == .someWindows, candidateRelease == nil, let family,
            family == .linux || family == .windows
        else { return false }
        return (family == .windows) != candidate.isWindows
    }

    /// An explicit version field is trusted before all else, unless it belongs to a system that the
    /// name has proved wrong; a longer form of the same version may come from elsewhere.
    private mutating func judge(version text: String?, isOfOther: Bool) {
        guard let text = text.said else { return }
        guard let current = system else {
            judgeVersionAlone(text)
            return
        }
        let claim = reader.readRelease(text, of: current) ?? plainRelease(text, of: current)
        guard let claim, let stated = claim.release else { return }
        if claim.system.refines(current) { system = claim.system }
        guard let known = release, !isOfOther else {
            mergeRelease(stated)
            return
        }
        release = stated
        mergeRelease(known)
    }

    /// A version field may name the system itself; else its number stands without one.
    private mutating func judgeVersionAlone(_ text: String) {
        let reading = reader.read(text)
        if let named = reading.system {
            (system, release) = (named, reading.release)
        } else {
            release = reader.readPlainRelease(text)
        }
    }

    /// A version outside what is known of the system; Windows fields hold builds then.
    private mutating func plainRelease(_ text: String, of system: Distribution) -> SystemClaim? {
        guard !system.isWindows, let release = reader.readPlainRelease(text) else { return nil }
        return SystemClaim(system: system, release: release)
    }

    /// The description may complete the picture, and name a system only together with its version.
    private mutating func readDescriptionIfNeeded(_ text: String?) -> NameReading {
        let isComplete = release?.minor != nil && system != nil && architecture.strength != .none
        guard !isComplete, let text = text.said else { return NameReading() }
        let reading = reader.read(text)
        guard let candidate = reading.system, let stated = reading.release else { return reading }
        guard let current = system else {
            if release == nil { (system, release) = (candidate, stated) }
            return reading
        }
        if candidate == current {
            if release.map({ stated.refines($0) }) ?? true { release = stated }
        } else if candidate.isSameProduct(as: current), candidate.refines(current),
            release.map({ stated.agrees(with: $0) }) ?? true
        {
            (system, release) = (candidate, stated)
        }
        return reading
    }
}

// MARK: Architecture and family

extension ClaimsJudge {
    private mutating func judgeArchitecture(
        _ claims: OperatingSystemClaims,
        _ label: NameReading,
        _ platform: NameReading,
        _ name: NameReading,
        _ description: ArchitectureClaim
    ) {
        let field = readArchitectureField(claims.architecture)
        let bits = readBits(claims.bits)
        let ranked = (label.architecture, field, name.architecture, bits, platform.architecture)
        considerArchitecture(ranked.0)
        considerArchitecture(ranked.1)
        considerArchitecture(ranked.2)
        considerArchitecture(ranked.3)
        considerArchitecture(ranked.4)
        if architecture.strength == .none { architecture = description }
    }

    private mutating func considerArchitecture(_ claim: ArchitectureClaim) {
        guard claim.strength != .none else { return }
        if !claim.agrees(with: architecture) { disagreements.architecture = true }
        if claim.outranks(architecture) { architecture = claim }
    }

    private mutating func readArchitectureField(_ text: String?) -> ArchitectureClaim {
        guard let text = text.said else { return ArchitectureClaim() }
        return reader.readArchitectureField(text)
    }

    private func readBits(_ text: String?) -> ArchitectureClaim {
        switch text {
        case "64": ArchitectureClaim(value: .x86_64, strength: .wordSize)
        case "32": ArchitectureClaim(value: .i386, strength: .wordSize)
        default: ArchitectureClaim()
        }
    }

    /// The family follows from the system; upstreams call FreeBSD "linux".
    private mutating func judgeFamily(
        _ word: OperatingSystemFamily?,
        _ saysLinux: Bool
    ) -> OperatingSystemFamily {
        guard let system else { return word ?? (saysLinux ? .linux : .unknown) }
        let family = system.facts.family
        if let word, word != .other, word != family { disagreements.family = true }
        return family
    }
}

/// What the claims contradict each other about.
private struct Disagreements {
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

extension Distribution {
    /// Whether both are editions of one product, which providers seldom tell apart.
    fileprivate func isSameProduct(as other: Distribution) -> Bool {
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

extension String? {
    /// The text, or `nil` where it is empty.
    fileprivate var said: String? {
        guard let text = self, !text.utf8.allSatisfy({ $0 == 0x20 }) else { return nil }
        return text
    }
}
