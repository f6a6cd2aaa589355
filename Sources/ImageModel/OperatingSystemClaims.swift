/// Everything a provider says about the operating system of one image, before it is understood.
/// Each member is the provider's own text; `nil` or empty means that it said nothing.
public struct OperatingSystemClaims: Sendable, Hashable {
    /// The image's name.
    public var name: String
    /// A field that describes the system in words, for example Huawei's `__os_version`.
    public var label: String?
    /// A field that names the distribution or platform, for example Tencent's `Platform`.
    public var platform: String?
    /// A field that holds a version alone, for example Zenlayer's `imageVersion`.
    public var version: String?
    /// A field that holds the family alone, for example Huawei's `__os_type`.
    public var family: String?
    /// A field that holds the architecture alone, for example Tencent's `Architecture`.
    public var architecture: String?
    /// A field that holds the word size alone: `32` or `64`.
    public var bits: String?
    /// Free text; trusted last.
    public var description: String?

    public init(
        name: String,
        label: String? = nil,
        platform: String? = nil,
        version: String? = nil,
        family: String? = nil,
        architecture: String? = nil,
        bits: String? = nil,
        description: String? = nil
    ) {
        self.name = name
        self.label = label
        self.platform = platform
        self.version = version
        self.family = family
        self.architecture = architecture
        self.bits = bits
        self.description = description
    }
}
