internal import JSONText

extension HuaweiImageRecord {
    /// Members of one image, of either list; what others add is `unknown`.
    enum Member: UInt8, RecordMember {
        case id, name, state, visibility, diskGB, memoryMB
        case createdAt, updatedAt, tags, firmware, architecture, type
        case description, byteCountText, glanceByteCount, systemText, bits, platform
        case family, version, isARM, isWithdrawn, dropped, unmapped
        case unknown

        init(_ key: JSONKey) {
            switch key {
            case "id": self = .id
            case "name": self = .name
            case "status": self = .state
            case "visibility": self = .visibility
            case "min_disk": self = .diskGB
            case "min_ram": self = .memoryMB
            case "created_at": self = .createdAt
            case "updated_at": self = .updatedAt
            case "tags": self = .tags
            case "hw_firmware_type": self = .firmware
            case "architecture": self = .architecture
            case "__imagetype": self = .type
            case "__description": self = .description
            case "__image_size": self = .byteCountText
            case "size": self = .glanceByteCount
            case "__os_version": self = .systemText
            case "__os_bit": self = .bits
            case "__platform", "os_distro": self = .platform
            case "__os_type", "os_type": self = .family
            case "os_version": self = .version
            case "__support_arm": self = .isARM
            case "__is_offshelved": self = .isWithdrawn
            case "direct_url", "locations": self = .dropped
            case "protected", "virtual_size", "os_hidden", "stores", "__system_support_market":
                self = .unmapped
            default: self = .unknown
            }
        }
    }
}
