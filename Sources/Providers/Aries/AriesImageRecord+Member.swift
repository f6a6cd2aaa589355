internal import JSONText

extension AriesImageRecord {
    /// Members of one element.
    enum Member: UInt8, RecordMember {
        case id, name, description, systemName, systemType, systemPlatform
        case architecture, status, bootMode, diskGB, createdAt, updatedAt
        case dropped, unmapped, unknown

        init(_ key: JSONKey) {
            switch key {
            case "id": self = .id
            case "name": self = .name
            case "description": self = .description
            case "os_name": self = .systemName
            case "os_type": self = .systemType
            case "os_platform": self = .systemPlatform
            case "os_architecture": self = .architecture
            case "status": self = .status
            case "boot_mode": self = .bootMode
            case "size": self = .diskGB
            case "created_at": self = .createdAt
            case "updated_at": self = .updatedAt
            case "source_path": self = .dropped
            case "uuid", "version", "init_type", "file":
                self = .unmapped
            default: self = .unknown
            }
        }
    }
}
