/// What filters compare with.
extension HuaweiImage {
    /// The member's value as a text; `nil` where the row lacks it.
    func attribute(_ name: String) -> String? {
        switch name {
        case "id": id
        case "name": self.name
        case "status": status
        case "visibility": visibility
        case "protected": isProtected ? "true" : "false"
        case "owner": owner
        case "container_format": "bare"
        case "disk_format": diskFormat
        case "min_ram": String(minRAMMB)
        case "min_disk": String(minDiskGB)
        case "member_status": kind == .shared ? memberStatus : nil
        case "virtual_env_type": environment
        case "hw_firmware_type": firmware
        case "enterprise_project_id": habit % 11 == 4 ? "0" : nil
        case "__imagetype": kind.rawValue
        case "__isregistered": "true"
        case "__image_source_type": "uds"
        case "__whole_image": habit % 10 == 1 ? "true" : nil
        default: attributeOfSystem(name)
        }
    }

    private func attributeOfSystem(_ name: String) -> String? {
        guard let system else { return name == "__os_type" ? "Other" : nil }
        switch name {
        case "__os_type": return system.osType
        case "__os_bit": return system.bits
        case "__platform": return system.platform
        case "__os_version": return system.osVersion
        case "__support_kvm": return system.isARM ? nil : "true"
        case "__support_arm": return system.isARM ? "true" : nil
        case "architecture": return system.isARM ? "arm" : "x86"
        default: return nil
        }
    }

    /// A tag of before the reform, `key.value`, is asked for as `key=value`.
    func hasTag(_ wanted: String) -> Bool {
        tags.contains { tag in
            guard tag != wanted else { return true }
            guard let dot = tag.firstIndex(of: "."), !tag.contains("=") else { return false }
            return "\(tag[..<dot])=\(tag[tag.index(after: dot)...])" == wanted
        }
    }
}
