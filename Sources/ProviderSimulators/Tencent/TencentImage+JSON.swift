import JSONText

/// The row as each of the two APIs writes it.
extension TencentImage {
    /// API 3.0.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("ImageId", id)
            writer.member("OsName", system.osName)
            writer.member("ImageType", kind.rawValue)
            writeCreated(to: &writer)
            writer.member("ImageName", name)
            writer.member("ImageDescription", description ?? "")
            writer.member("ImageSize", sizeGB)
            writer.member("Architecture", system.architecture)
            writer.member("ImageState", state)
            writer.member("Platform", system.platform)
            writer.member("ImageCreator", creator)
            writer.member("ImageSource", kind == .publicImage ? "OFFICIAL" : customSource)
            writer.member("SyncPercent", optional: state == "SYNCING" ? habit % 100 : nil)
            writeSnapshots(to: &writer)
            writeTags(to: &writer)
            writeRarely(to: &writer)
        }
    }

    /// The API of 2017: older spellings, the offset form of the date, fewer members.
    func writeOf2017(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("ImageId", id)
            writer.member("ImageOsName", system.legacyName)
            writer.member("ImageType", kind.rawValue)
            writer.member("ImageCreateTime", CalendarText.zoned(created ?? 0, offsetMinutes: 0))
            writer.member("ImageStatus", state)
            writer.member("ImageName", name)
            writer.member("ImageDescription", description ?? "")
            if habit % 4 != 0 || system.means.distribution == nil {
                writer.member("Platform", system.platform)
                writer.member("Architecture", system.architecture)
            }
            writer.member("Creator", kind == .publicImage ? "PUBLIC" : creator)
        }
    }

    private var customSource: String { habit % 2 == 0 ? "CREATE_IMAGE" : "EXTERNAL_IMPORT" }

    /// Public images tell the epoch, null or nothing where they tell no date.
    private func writeCreated(to writer: inout JSONWriter) {
        if let created {
            writer.member("CreatedTime", CalendarText.utc(created))
        } else if habit % 3 == 0 {
            writer.member("CreatedTime", nil as String?)
        } else if habit % 3 == 1 {
            writer.member("CreatedTime", "1970-01-01T00:00:00Z")
        }
    }

    private func writeSnapshots(to writer: inout JSONWriter) {
        writer.key("SnapshotSet")
        guard kind == .privateImage else {
            return habit % 2 == 0 ? writer.null() : writer.array { _ in }
        }
        writer.array { writer in
            writer.object { writer in
                writer.member("SnapshotId", "snap-" + id.dropFirst(4))
                writer.member("DiskUsage", "SYSTEM_DISK")
                writer.member("DiskSize", sizeGB)
            }
        }
    }

    private func writeTags(to writer: inout JSONWriter) {
        writer.key("Tags")
        guard !tags.isEmpty else { return habit % 2 == 0 ? writer.null() : writer.array { _ in } }
        writer.array { writer in
            for tag in tags {
                writer.object { writer in
                    writer.member("Key", tag.key)
                    writer.member("Value", tag.value)
                }
            }
        }
    }

    /// Members that one row has and the next has not.
    private func writeRarely(to writer: inout JSONWriter) {
        if habit % 5 != 0 {
            writer.member("IsSupportCloudinit", habit % 2 == 0)
            writer.member("LicenseType", habit % 7 == 0 ? "BYOL" : "TencentCloud")
        } else {
            writer.key("IsSupportCloudinit")
            writer.null()
        }
        if habit % 4 == 0 { writer.member("ImageFamily", nil as String?) }
        if let isDeprecated { writer.member("ImageDeprecated", isDeprecated) }
        if habit % 6 == 0 { writer.member("CdcCacheStatus", nil as String?) }
    }
}
