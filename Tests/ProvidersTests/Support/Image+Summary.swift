import ImageModel

extension Image {
    /// Everything but raw, in one line: what a test compares.
    var summary: String {
        let words: [String?] = [
            "\(id)", name, description, os.label, system, visibility?.rawValue, status?.rawValue,
            bootMode?.rawValue, sizeBytes.map { "\($0)B" }, minDiskGB.map { "\($0)GB" },
            minRAMMB.map { "\($0)MB" }, createdAt?.rfc3339, updatedAt?.rfc3339,
            tags.isEmpty ? nil : tags.joined(separator: ","),
        ]
        return words.map { $0 ?? "-" }.joined(separator: " | ")
    }

    /// `linux/ubuntu/22.04/x86_64`
    private var system: String {
        [os.family.rawValue, os.distribution ?? "-", os.version ?? "-", architecture.rawValue]
            .joined(separator: "/")
    }
}
