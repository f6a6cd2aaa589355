/// The closed vocabularies of the normalized image. Raw values are the words of the public API.

/// What kind of system an image boots. `other` is a known system outside the families named here.
public enum OperatingSystemFamily: String, Sendable, Hashable, CaseIterable {
    case linux, windows, bsd, other, unknown
}

/// The processor an image was built for; `unknown` where nobody says, never a guess.
public enum Architecture: String, Sendable, Hashable, CaseIterable {
    case x86_64, arm64, i386, unknown
}

/// Who may use an image.
public enum Visibility: String, Sendable, Hashable, CaseIterable {
    case `public`, `private`, shared, marketplace
}

/// Whether an image can be used now.
public enum ImageStatus: String, Sendable, Hashable, CaseIterable {
    case available, pending, unavailable, deprecated, error
}

/// The firmware an image expects.
public enum BootMode: String, Sendable, Hashable, CaseIterable {
    case bios, uefi
}
