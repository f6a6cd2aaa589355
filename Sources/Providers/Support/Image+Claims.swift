internal import ImageModel

extension Image {
    /// Fills system and architecture from what the provider says; `label` is its own string.
    mutating func describe(
        _ claims: OperatingSystemClaims,
        label: String?,
        drift: inout DriftNotes
    ) {
        let finding = claims.understood()
        os = finding.system
        os.label = label
        architecture = finding.architecture
        for word in finding.disagreements where !drift.isFull {
            drift.note("disagreement:\(word)")
        }
    }
}
