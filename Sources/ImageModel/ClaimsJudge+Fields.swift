/// What the fields say about the system, label first.
extension ClaimsJudge {
    /// The family word of a field, and what the field says beyond it, such as `Windows Server`.
    mutating func readFamily(
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
    mutating func judgeFields(_ readings: NameReading...) {
        for reading in readings {
            guard let candidate = reading.system else { continue }
            consider(candidate, reading.release, mayOverrule: false)
        }
    }

    /// Takes over a claim that is trusted less, where it is the more specific one.
    mutating func consider(
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
    mutating func mergeRelease(_ other: ReleaseNumber?) {
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
