/// What the fields say about the system, label first.
extension ClaimsJudge {
    /// The family word of a field, and what the field says beyond it, such as `Windows Server`.
    mutating func readFamily(
        _ text: String?
    ) -> (word: OperatingSystemFamily?, reading: NameReading) {
        guard let text = text.said else { return (nil, NameReading()) }
        for (name, word) in familyWords where text.isSpelled(name) {
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

/// Words that mean a family where they are all that a field says.
private let familyWords: [(StaticString, OperatingSystemFamily)] = [
    ("linux", .linux), ("windows", .windows), ("other", .other), ("others", .other),
    ("any", .other),
    ("bsd", .bsd), ("android", .other),
]

extension String {
    /// Whether this is the given word of small letters, in any case.
    fileprivate func isSpelled(_ word: StaticString) -> Bool {
        let bytes = utf8.span
        guard bytes.count == word.utf8CodeUnitCount else { return false }
        for index in bytes.indices where bytes[index] | 0x20 != word.utf8Start[index] {
            return false
        }
        return true
    }
}
