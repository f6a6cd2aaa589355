internal import JSONText

extension TencentImageRecord {
    /// Members of one image, of either generation.
    enum Member: UInt8, RecordMember {
        case id, name, description, systemName, platform, architecture
        case type, state, isDeprecated, diskGB, createdAt, tags
        case unmapped, unknown

        init(_ key: JSONKey) {
            switch key {
            case "ImageId": self = .id
            case "ImageName": self = .name
            case "ImageDescription": self = .description
            case "OsName", "ImageOsName": self = .systemName
            case "Platform": self = .platform
            case "Architecture": self = .architecture
            case "ImageType": self = .type
            case "ImageState", "ImageStatus": self = .state
            case "ImageDeprecated": self = .isDeprecated
            case "ImageSize": self = .diskGB
            case "CreatedTime", "ImageCreateTime": self = .createdAt
            case "Tags": self = .tags
            case "ImageCreator", "Creator", "ImageSource", "SyncPercent", "IsSupportCloudinit",
                "SnapshotSet", "LicenseType", "ImageFamily", "CdcCacheStatus":
                self = .unmapped
            default: self = .unknown
            }
        }
    }
}
