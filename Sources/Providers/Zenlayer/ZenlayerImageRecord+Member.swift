internal import JSONText

extension ZenlayerImageRecord {
    /// Members of one image, of either shape.
    enum Member: UInt8, RecordMember {
        case id, name, description, type, state, sizeText
        case version, category, systemType, regionID, createdAt, source
        case diskGBMin, tags, unmapped, unknown

        init(_ key: JSONKey) {
            switch key {
            case "imageId": self = .id
            case "imageName": self = .name
            case "imageDescription": self = .description
            case "imageType": self = .type
            case "imageStatus": self = .state
            case "imageSize": self = .sizeText
            case "imageVersion", "version": self = .version
            case "category": self = .category
            case "osType", "type": self = .systemType
            case "regionId": self = .regionID
            case "createTime": self = .createdAt
            case "imageSource": self = .source
            case "minDiskSize": self = .diskGBMin
            case "tags": self = .tags
            case "nicNetworkType":
                self = .unmapped
            default: self = .unknown
            }
        }
    }
}
