/// Processor and family, once the system is known.
extension ClaimsJudge {
    mutating func consider(_ claim: ArchitectureClaim) {
        guard claim.strength != .none else { return }
        if !claim.agrees(with: architecture) { disagreements.architecture = true }
        if claim.outranks(architecture) { architecture = claim }
    }

    func readBits(_ text: String?) -> ArchitectureClaim {
        switch text {
        case "64": ArchitectureClaim(value: .x86_64, strength: .wordSize)
        case "32": ArchitectureClaim(value: .i386, strength: .wordSize)
        default: ArchitectureClaim()
        }
    }

    /// The family follows from the system; upstreams call FreeBSD "linux".
    mutating func judgeFamily(
        _ word: OperatingSystemFamily?,
        _ saysLinux: Bool
    ) -> OperatingSystemFamily {
        guard let system else { return word ?? (saysLinux ? .linux : .unknown) }
        let family = system.facts.family
        if let word, word != .other, word != family { disagreements.family = true }
        return family
    }
}
