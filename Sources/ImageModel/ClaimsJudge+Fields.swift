/// What the fields say about the system, label first.
extension ClaimsJudge {
    /// The family word of a field, and what the field says beyond it, such as `Windows Server`.
    mutating func readFamily(
        _ text: String?
    ) -> (word: OperatingSystemFamily?, reading: NameReading) {
        guard let text = text.said else { return (nil, NameReading()) }
        if let word = OperatingSystemFamily(word: text) {
            return (word, NameReading(system: word == .windows ? .someWindows : nil))
        }
        let reading = reading(of: text)
        return (reading.system?.facts.family ?? (reading.saysLinux ? .linux : nil), reading)
    }

    /// The label comes first; platform and family add to it where it is silent or coarser.
    mutating func judgeField(_ reading: NameReading) {
        guard let candidate = reading.system else { return }
        consider(candidate, reading.release, mayOverrule: false)
    }

    /// Takes over a claim that is trusted less, where it is the more specific one.
    mutating func consider(
        _ candidate: Distribution,
        _ candidateRelease: ReleaseNumber?,
        mayOverrule: Bool
    ) {
        guard let current = verdict.system else {
            (verdict.system, verdict.release) = (candidate, candidateRelease)
            return
        }
        guard candidate != current else {
            mergeRelease(candidateRelease)
            return
        }
        if current.refines(candidate) {
            if !current.isSameProduct(as: candidate) { verdict.disagreements.distribution = true }
            return
        }
        let saysAsMuch = candidateRelease != nil || verdict.release == nil
        let isCloser = candidate.refines(current) && saysAsMuch
        let saysMore = mayOverrule && verdict.release == nil && candidateRelease != nil
        if !candidate.isSameProduct(as: current) { verdict.disagreements.distribution = true }
        if isCloser || saysMore {
            (verdict.system, verdict.release) = (candidate, candidateRelease)
        }
    }

    /// Adds what a less trusted claim says about the version of the same system.
    mutating func mergeRelease(_ other: ReleaseNumber?) {
        guard let other else { return }
        guard let current = verdict.release else {
            verdict.release = other
            return
        }
        if other.refines(current) {
            verdict.release = other
        } else if !other.agrees(with: current) {
            verdict.disagreements.version = true
        }
    }
}

extension OperatingSystemFamily {
    /// A word of one to eight letters that means a family where it is all that a field says, in any case.
    fileprivate init?(word: String) {
        let bytes = word.utf8.span
        guard (1...8).contains(bytes.count) else { return nil }
        let letters = NameLanes(bytes, at: 0, end: bytes.count).letters(bytes.count)
        for entry in OperatingSystemFamily.words where entry.letters == letters {
            self = entry.family
            return
        }
        return nil
    }

    private static let words: [(letters: UInt64, family: OperatingSystemFamily)] = [
        letters("linux", .linux), letters("windows", .windows), letters("other", .other),
        letters("others", .other), letters("any", .other), letters("bsd", .bsd),
        letters("android", .other),
    ]

    private static func letters(
        _ word: String,
        _ family: OperatingSystemFamily
    ) -> (letters: UInt64, family: OperatingSystemFamily) {
        let bytes = word.utf8.span
        return (NameLanes(bytes, at: 0, end: bytes.count).letters(bytes.count), family)
    }
}
