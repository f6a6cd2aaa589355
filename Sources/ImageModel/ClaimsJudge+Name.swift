/// What name, version field and description add.
extension ClaimsJudge {
    mutating func judge(
        name: NameReading,
        family: OperatingSystemFamily?,
        version: String?
    ) {
        let fieldSystem = verdict.system
        if let candidate = name.system {
            if contradicts(candidate, name.release, family) {
                verdict.disagreements.distribution = true
            } else {
                let mayOverrule = confirms(version, name)
                consider(candidate, name.release, mayOverrule: mayOverrule)
            }
        } else if let current = verdict.system, verdict.release == nil,
            let claim = reader.bareRelease(of: current)
        {
            (verdict.system, verdict.release) = (claim.system, claim.release)
        }
        judge(version: version, isOfOther: fieldSystem != nil && fieldSystem != verdict.system)
    }

    /// Whether the version field, if there is one, tells the same version as the name.
    private mutating func confirms(_ version: String?, _ name: NameReading) -> Bool {
        guard let text = version.said else { return true }
        guard let named = name.system, let stated = name.release else { return false }
        return readRelease(text, of: named)?.release?.agrees(with: stated) ?? false
    }

    /// Whether a name without a version stands against a family field: then the name is only a name.
    private func contradicts(
        _ candidate: Distribution,
        _ candidateRelease: ReleaseNumber?,
        _ family: OperatingSystemFamily?
    ) -> Bool {
        guard verdict.system == nil || verdict.system == .someWindows, candidateRelease == nil,
            let family,
            family == .linux || family == .windows
        else { return false }
        return (family == .windows) != candidate.isWindows
    }

    /// An explicit version field is trusted before all else, unless it belongs to a system that the
    /// name has proved wrong; a longer form of the same version may come from elsewhere.
    private mutating func judge(version text: String?, isOfOther: Bool) {
        guard let text = text.said else { return }
        guard let current = verdict.system else {
            judgeVersionAlone(text)
            return
        }
        let claim = readRelease(text, of: current) ?? plainRelease(text, of: current)
        guard let claim, let stated = claim.release else { return }
        if claim.system.refines(current) || current.isWindows && !isOfOther {
            verdict.system = claim.system
        }
        guard let known = verdict.release, !isOfOther else {
            mergeRelease(stated)
            return
        }
        verdict.release = stated
        mergeRelease(known)
    }

    /// A version field may name the system itself; else its number stands without one.
    private mutating func judgeVersionAlone(_ text: String) {
        let reading = reader.read(text)
        if let named = reading.system {
            (verdict.system, verdict.release) = (named, reading.release)
        } else {
            verdict.release = reader.readPlainRelease(text)
        }
    }

    /// A version outside what is known of the system; Windows fields hold builds then.
    private mutating func plainRelease(_ text: String, of system: Distribution) -> SystemClaim? {
        guard !system.isWindows, let release = reader.readPlainRelease(text) else { return nil }
        return SystemClaim(system: system, release: release)
    }

    /// The description may complete the picture, and name a system only together with its version.
    mutating func judge(description text: String?) {
        let isComplete =
            verdict.release?.minor != nil && verdict.system != nil
            && verdict.architecture.strength != .none
        guard !isComplete, let text = text.said else { return }
        let reading = reading(of: text)
        if verdict.architecture.strength == .none { verdict.architecture = reading.architecture }
        guard let candidate = reading.system, let stated = reading.release else { return }
        guard let current = verdict.system else {
            if verdict.release == nil { (verdict.system, verdict.release) = (candidate, stated) }
            return
        }
        if candidate == current {
            if verdict.release.map({ stated.refines($0) }) ?? true { verdict.release = stated }
        } else if candidate.isSameProduct(as: current), candidate.refines(current),
            verdict.release.map({ stated.agrees(with: $0) }) ?? true
        {
            (verdict.system, verdict.release) = (candidate, stated)
        }
    }
}
