/// The operating system of an image in the canonical vocabulary.
public struct OperatingSystem: Sendable, Hashable {
    public var family: OperatingSystemFamily
    /// Canonical distribution id, for example `ubuntu` or `windows-server`; `nil` when unknown.
    public var distribution: String?
    /// As stated, dots, at most two components (`22.04`, `2012-r2`, `20.03-sp3`); `nil` when unknown.
    public var version: String?
    /// What the provider itself called it; `nil` when it said nothing.
    public var label: String?

    public init(
        family: OperatingSystemFamily = .unknown,
        distribution: String? = nil,
        version: String? = nil,
        label: String? = nil
    ) {
        self.family = family
        self.distribution = distribution
        self.version = version
        self.label = label
    }
}
