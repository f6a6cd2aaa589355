import JSONText

extension GMIImage {
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("type", isPublic ? "Public" : "Customized")
            writer.member("createdAt", createdText)
            writer.member("name", name)
            writer.member("idc", dataCentre)
            writer.member("orgId", organization)
            writer.member("path", "images/\(id.prefix(8)).qcow2")
            writer.member("OSSeries", system.series)
            writer.member("OSVersion", system.version)
            writer.member("OSArchitecture", architecture)
            writer.member("BootMode", bootMode)
            writer.member("SystemDiskSize", disk)
            writer.member("icon", habit % 5 == 0 ? "" : "https://static.example.com/icons/os.svg")
            writeProducts(to: &writer)
            writePartitions(to: &writer)
        }
    }

    private var organization: String {
        isPublic ? "00000000-0000-4000-8000-000000000001" : "7d0f4b7e-2c1a-4d7b-9c55-1a2b3c4d5e6f"
    }

    private func writeProducts(to writer: inout JSONWriter) {
        if let products {
            writer.member("supportedProducts", products)
        } else if habit % 2 == 0 {
            writer.member("supportedProducts", nil as String?)
        }
    }

    /// Stored as raw JSON on the server: null, a wrong kind of value, or the table.
    private func writePartitions(to writer: inout JSONWriter) {
        writer.key("DefaultPartitionTable")
        switch habit % 16 {
        case 0: writer.null()
        case 1: writer.object { _ in }
        case 2...4:
            writer.array { writer in
                Self.partition("efi", "/boot/efi", "512MB", "vfat", &writer)
                Self.partition("root", "/", "100%", "ext4", &writer)
            }
        default: writer.array { Self.partition("root", "/", "100%", "xfs", &$0) }
        }
    }

    private static func partition(
        _ name: String,
        _ mountPoint: String,
        _ size: String,
        _ fileSystem: String,
        _ writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.member("name", name)
            writer.member("mountPoint", mountPoint)
            writer.member("size", size)
            writer.member("fileSystem", fileSystem)
        }
    }
}
