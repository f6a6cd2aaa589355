public import Catalogs
public import JSONText

/// One column of a listing of images: where its value stands in an answer and how it is shown.
public struct ImageColumn: Sendable {
    /// The column's title and behaviour in a table.
    public let table: TableText.Column
    /// Members from the image inwards: `["os", "version"]`.
    private let path: [String]
    private let show: @Sendable (JSONValue) -> String

    private init(
        _ path: [String],
        table: TableText.Column,
        show: @escaping @Sendable (JSONValue) -> String = ImageColumn.text
    ) {
        self.path = path
        self.table = table
        self.show = show
    }

    /// The value for people; `-` where nobody knows it.
    public func cell(_ image: JSONValue) -> String {
        let value = value(image)
        let text = value.isNull ? "" : show(value)
        return text.isEmpty ? "-" : text
    }

    /// The exact value for programs: texts as they are, empty for null, lists and objects as JSON.
    public func exact(_ image: JSONValue) -> String { Self.text(value(image)) }

    private func value(_ image: JSONValue) -> JSONValue {
        path.reduce(image) { $0[$1] ?? .null }
    }

    // MARK: Choices

    /// What a table shows when nobody asks for fields: as many of these as fit.
    public static let overview: [ImageColumn] = [
        ImageColumn(["name"], table: .init("NAME", widthMin: 20)),
        ImageColumn(["os"], table: .init("OS", widthMin: 10), show: system),
        ImageColumn(["architecture"], table: .init("ARCH", rank: 3)),
        ImageColumn(["provider"], table: .init("PROVIDER", rank: 1)),
        ImageColumn(["region"], table: .init("REGION", widthMin: 8, rank: 2)),
        ImageColumn(["status"], table: .init("STATUS", rank: 6)),
        ImageColumn(["visibility"], table: .init("VISIBILITY", rank: 7)),
        ImageColumn(["created_at"], table: .init("CREATED", rank: 4), show: day),
        ImageColumn(["id"], table: .init("ID", rank: 5)),
    ]

    /// One column per member, in the order of the API; none of them gives way.
    public static func table(_ fields: [FieldSelection.Member]) -> [ImageColumn] {
        fields.map { member in
            let isLong = [.name, .description, .os, .tags, .sources, .raw].contains(member)
            let isFigure = [.sizeBytes, .minDiskGB, .minRAMMB].contains(member)
            let column = TableText.Column(
                member.rawValue.uppercased(),
                isRightAligned: isFigure,
                widthMin: isLong ? 10 : nil
            )
            return ImageColumn(
                [member.rawValue],
                table: column,
                show: member == .os ? system : text
            )
        }
    }

    /// Columns for programs: `os` becomes `os_family`, `os_distribution`, `os_version` and `os_label`.
    public static func records(_ fields: [FieldSelection.Member]) -> [ImageColumn] {
        fields.flatMap { member in
            guard member == .os else {
                return [ImageColumn([member.rawValue], table: .init(member.rawValue))]
            }
            return ["family", "distribution", "version", "label"].map {
                ImageColumn(["os", $0], table: .init("os_\($0)"))
            }
        }
    }

    // MARK: Values

    private static func text(_ value: JSONValue) -> String {
        switch value {
        case .string(let text), .number(let text): return text
        case .bool(let flag): return flag ? "true" : "false"
        case .null: return ""
        case .array, .object:
            var writer = JSONWriter()
            value.write(to: &writer)
            return writer.text
        }
    }

    /// `ubuntu 22.04`; the provider's words where the distribution is unknown.
    private static func system(_ value: JSONValue) -> String {
        let known = [value["distribution"], value["version"]].compactMap { $0?.stringValue }
        if value["distribution"]?.stringValue != nil { return known.joined(separator: " ") }
        return value["label"]?.stringValue ?? value["family"]?.stringValue ?? ""
    }

    private static func day(_ value: JSONValue) -> String { String(text(value).prefix(10)) }
}
