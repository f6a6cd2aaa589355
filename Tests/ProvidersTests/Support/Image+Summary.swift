import ImageModel

extension Image {
    /// Everything but the understood system, in one line: what a test compares.
    var summary: String {
        let words: [String?] = [
            "\(id)", name, description, os.label, visibility?.rawValue, status?.rawValue,
            bootMode?.rawValue, sizeBytes.map { "\($0)B" }, minDiskGB.map { "\($0)GB" },
            minRAMMB.map { "\($0)MB" }, createdAt?.rfc3339, updatedAt?.rfc3339,
            tags.joined(separator: ","),
        ]
        return words.map { $0 ?? "-" }.joined(separator: " | ")
    }
}
