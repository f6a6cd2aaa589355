internal import ImageModel
internal import JSONText

extension BootMode {
    /// `BIOS`, `Legacy` and `UEFI` in any case; `nil` for anything else.
    init?(providerWord word: JSONWord?) {
        switch word?.lowercasedASCII {
        case "bios", "legacy": self = .bios
        case "uefi", "efi": self = .uefi
        default: return nil
        }
    }
}
