internal import JSONText

extension GMIImageRecord {
    /// Members of one element.
    enum Member: UInt8, RecordMember {
        case id, name, type, place, createdAt, series
        case version, architecture, bootMode, sizeText, products, dropped
        case unmapped, unknown

        init(_ key: JSONKey) {
            switch key {
            case "id": self = .id
            case "name": self = .name
            case "type": self = .type
            case "idc": self = .place
            case "createdAt": self = .createdAt
            case "OSSeries": self = .series
            case "OSVersion": self = .version
            case "OSArchitecture": self = .architecture
            case "BootMode": self = .bootMode
            case "SystemDiskSize": self = .sizeText
            case "supportedProducts": self = .products
            case "path": self = .dropped
            case "orgId", "icon", "DefaultPartitionTable":
                self = .unmapped
            default: self = .unknown
            }
        }
    }
}
