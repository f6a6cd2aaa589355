/// One image in the normalized vocabulary. Every optional member is `nil` when the provider does not say.
public struct Image: Sendable, Hashable {
    /// The provider's name in the configuration, for example `huawei-ims`.
    public var provider: String
    public var region: String
    /// The provider's own id.
    public var nativeID: String
    public var name: String
    public var description: String?
    public var os: OperatingSystem
    public var architecture: Architecture
    public var visibility: Visibility?
    public var status: ImageStatus?
    public var bootMode: BootMode?
    /// Size of the image file in bytes.
    public var sizeBytes: Int64?
    /// Smallest disk the image fits on, in GB as the provider counts them.
    public var minDiskGB: Int?
    public var minRAMMB: Int?
    public var createdAt: Timestamp?
    public var updatedAt: Timestamp?
    /// `key=value` or a bare `key`, in the provider's order.
    public var tags: [String]
    /// The provider's own object, one JSON value, without members that are not for callers: mostly a part of the
    /// page in which it came, which stays in memory meanwhile.
    public var rawBytes: ArraySlice<UInt8>

    /// A copy of `rawBytes`.
    public var raw: [UInt8] {
        get { Array(rawBytes) }
        set { rawBytes = newValue[...] }
    }

    @inlinable @inline(__always)
    public init(provider: String, region: String, nativeID: String, name: String) {
        self.provider = provider
        self.region = region
        self.nativeID = nativeID
        self.name = name
        self.os = OperatingSystem()
        self.architecture = .unknown
        self.tags = []
        self.rawBytes = []
    }

    /// Identity over all clouds: `provider:region:native_id`. Nothing else ever makes two images one.
    public var id: String { "\(provider):\(region):\(nativeID)" }
}
