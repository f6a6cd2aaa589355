extension OperatingSystemClaims {
    /// What the claims mean in the canonical vocabulary.
    ///
    /// Fields are trusted before the name and the name before the description, but the more specific
    /// claim wins: `AlmaLinux 9` in the name over the platform `centos`, `32bit` over a default
    /// `x86_64`. What nobody says stays unknown. `system.label` is the provider's own text: the label,
    /// else the platform. Linear in the length of the texts, of which at most 512 bytes each are read.
    public func understood() -> OperatingSystemFinding {
        var reader = OperatingSystemReader()
        return reader.finding(for: self)
    }
}
