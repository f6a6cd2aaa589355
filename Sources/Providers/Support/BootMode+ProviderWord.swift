internal import ImageModel

extension BootMode {
    /// `BIOS`, `Legacy` and `UEFI` in any case; `nil` for anything else.
    init?(providerWord word: String?) {
        switch word?.lowercased() {
        case "bios", "legacy": self = .bios
        case "uefi", "efi": self = .uefi
        default: return nil
        }
    }
}
