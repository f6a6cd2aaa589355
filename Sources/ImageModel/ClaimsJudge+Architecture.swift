/// Processor and family, once the system is known.
extension ClaimsJudge {
    mutating func consider(_ claim: ArchitectureClaim) {
        guard claim.strength != .none else { return }
        if !claim.agrees(with: verdict.architecture) { verdict.disagreements.architecture = true }
        if claim.outranks(verdict.architecture) { verdict.architecture = claim }
    }

    func readBits(_ text: String?) -> ArchitectureClaim {
        switch text {
        case "64": ArchitectureClaim(value: .x86_64, strength: .wordSize)
        case "32": ArchitectureClaim(value: .i386, strength: .wordSize)
        default: ArchitectureClaim()
        }
    }

    /// The family follows from the system; upstreams call FreeBSD "linux".
    mutating func judgeFamily() -> OperatingSystemFamily {
        let word = verdict.family
        guard let system = verdict.system else {
            return word ?? (verdict.saysLinux ? .linux : .unknown)
        }
        let family = system.facts.family
        if let word, word != .other, word != family { verdict.disagreements.family = true }
        return family
    }
}
