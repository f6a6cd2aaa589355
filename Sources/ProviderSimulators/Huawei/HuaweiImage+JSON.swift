import JSONText

/// The row as the Glance-compatible list and as IMS's own list write it: what is not set is absent.
extension HuaweiImage {
    var visibility: String {
        switch kind {
        case .gold, .market: "public"
        case .private: "private"
        case .shared: "shared"
        }
    }

    var isProtected: Bool { kind == .gold || kind == .market }
    var diskFormat: String { habit % 6 == 0 ? "vhd" : (habit % 6 == 1 ? "qcow2" : "zvhd2") }
    var environment: String {
        guard system != nil else { return "DataImage" }
        return habit % 13 == 0 ? "Ironic" : (habit % 17 == 0 ? "IsoImage" : "FusionCompute")
    }

    func write(to writer: inout JSONWriter, isNative: Bool) {
        writer.object { writer in
            writer.member("schema", "/v2/schemas/image")
            writer.member("id", id)
            writer.member("name", name)
            writer.member("status", status)
            writer.member("visibility", visibility)
            writer.member("protected", isProtected)
            writer.member("owner", owner)
            writer.member("min_disk", minDiskGB)
            writer.member("min_ram", minRAMMB)
            writeUnused(to: &writer)
            writer.member("container_format", "bare")
            writer.member("disk_format", diskFormat)
            writer.member("created_at", CalendarText.utc(created))
            writer.member("updated_at", CalendarText.utc(updated))
            if habit % 3 == 0 { writer.member("active_at", CalendarText.utc(created)) }
            writer.member("tags", tags)
            writer.member("self", "/v2/images/\(id)")
            writer.member("file", "/v2/images/\(id)/file")
            writeExtensions(to: &writer)
            writeSystem(to: &writer)
            writeRarely(to: &writer)
            if isNative { writeNative(to: &writer) }
        }
    }

    /// Members of Glance that this service fills with nothing of use.
    private func writeUnused(to writer: inout JSONWriter) {
        if status != "queued" || habit % 2 == 0 {
            writer.member("size", 0)
        } else {
            writer.member("size", nil as String?)
        }
        writer.member("virtual_size", nil as String?)
        switch habit % 3 {
        case 0: writer.member("checksum", "d41d8cd98f00b204e9800998ecf8427e")
        case 1 where status == "queued": writer.member("checksum", nil as String?)
        default: break
        }
        if habit % 9 == 0 { writer.member("max_ram", String(16_384 << (habit & 3))) }
    }

    private func writeExtensions(to writer: inout JSONWriter) {
        writer.member("__imagetype", kind.rawValue)
        writer.member("__isregistered", "true")
        writer.member("__image_source_type", "uds")
        writer.member("__lazyloading", ["true", "True", "false", "False"][habit & 3])
        writer.member("virtual_env_type", environment)
        if let sizeBytes { writer.member("__image_size", String(sizeBytes)) }
        writer.member("__description", description)
        if let firmware { writer.member("hw_firmware_type", firmware) }
        if isOffShelved || habit % 8 == 0 { writer.member("__is_offshelved", String(isOffShelved)) }
    }

    private func writeSystem(to writer: inout JSONWriter) {
        guard let system else { return writer.member("__os_type", "Other") }
        writer.member("__os_type", system.osType)
        writer.member("__platform", system.platform)
        writer.member("__os_version", system.osVersion)
        writer.member("__os_bit", system.bits)
        if system.isARM {
            writer.member("__support_arm", "true")
        } else {
            writer.member("__support_kvm", "true")
            if habit % 6 == 0 { writer.member("__support_arm", "false") }
        }
    }

    private func writeRarely(to writer: inout JSONWriter) {
        switch habit % 11 {
        case 0: writer.member("__support_agent_list", "hss,ces")
        case 1: writer.member("__data_origin", "server_backup,\(id)")
        case 2: writer.member("__originalimagename", id)
        case 3: writer.member("__os_feature_list", #"{"onekey_resetpasswd":"true"}"#)
        case 4: writer.member("enterprise_project_id", "0")
        case 5: writer.member("__account_code", "charged")
        case 6: writer.member("hw_vif_multiqueue_enabled", "true")
        case 7: writer.member("__root_origin", "file")
        default: break
        }
    }

    /// Only IMS's own list.
    private func writeNative(to writer: inout JSONWriter) {
        if kind == .market { writer.member("__system_support_market", true) }
        if habit % 5 == 0 { writer.member("__image_displayname", name) }
        if habit % 7 == 0 { writer.member("__support_kvm_hi1822_hivirtionet", "true") }
        if habit % 10 == 1 { writer.member("__whole_image", "true") }
    }
}
