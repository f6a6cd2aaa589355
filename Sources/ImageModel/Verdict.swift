/// What an image's texts mean together, all but its description.
struct Verdict {
    var system: Distribution?
    var release: ReleaseNumber?
    var architecture = ArchitectureClaim()
    var disagreements = Disagreements()
    /// What the family field says.
    var family: OperatingSystemFamily?
    var saysLinux = false
}
