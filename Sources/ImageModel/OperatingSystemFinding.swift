/// What a provider's claims about an image's operating system mean in the canonical vocabulary.
public struct OperatingSystemFinding: Sendable, Hashable {
    public var system: OperatingSystem
    public var architecture: Architecture
    /// What the claims contradict each other about, each at most once and in this order:
    /// `family`, `distribution`, `version`, `architecture`. The more specific claim has won.
    public var disagreements: [String]

    public init(system: OperatingSystem, architecture: Architecture, disagreements: [String] = []) {
        self.system = system
        self.architecture = architecture
        self.disagreements = disagreements
    }
}
