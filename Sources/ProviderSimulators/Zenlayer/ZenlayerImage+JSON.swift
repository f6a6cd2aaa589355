import JSONText

/// The row as it was published, and as the draft of 2023 had it.
extension ZenlayerImage {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("imageVersion", version)
            writer.member("imageId", id)
            writer.member("imageName", name)
            writer.member("imageDescription", description)
            writer.member("osType", osType)
            writeSize(to: &writer, asNumber: habit % 8 == 0)
            writer.member("imageStatus", status)
            writer.member("category", category)
            writer.member("imageType", type)
        }
    }

    func writeAsDraft(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("imageId", id)
            writer.member("imageName", name)
            writer.member("imageStatus", status)
            writeSize(to: &writer, asNumber: habit % 8 != 0)
            writer.member("imageDescription", description)
            writer.member("regionId", regionID)
            writer.member("createTime", CalendarText.utc(created))
            writer.member("category", category)
            // The draft's table names these members otherwise than its sample.
            writer.member(habit % 4 == 1 ? "osType" : "type", osType)
            writer.member(habit % 4 == 1 ? "imageVersion" : "version", version)
            if tellsTypeInDraft { writer.member("imageType", type) }
        }
    }

    var type: String { isCustom ? "CUSTOM_IMAGE" : "PUBLIC_IMAGE" }

    private func writeSize(to writer: inout JSONWriter, asNumber: Bool) {
        if let sizeGB {
            asNumber
                ? writer.member("imageSize", sizeGB) : writer.member("imageSize", String(sizeGB))
        } else if habit % 2 == 0 {
            writer.member("imageSize", nil as String?)
        }
    }
}
