internal import Catalogs
internal import Configuration
internal import ImageModel
internal import JSONText

extension ListParameter {
    /// The parameter object of the document.
    func openAPI(_ bounds: ListQueryDecoder.Bounds) -> JSONValue {
        let item = itemSchema(bounds)
        let head: JSONValue = [
            "name": .string(rawValue), "in": "query", "description": .string(text),
        ]
        let shown: JSONValue = example.map { ["example": $0] } ?? [:]
        guard isList else { return head.with(["schema": item]).with(shown) }
        return head.with([
            "style": "form", "explode": .bool(isRepeatable && !isCommaList),
            "schema": ["type": "array", "items": item, "minItems": 1, "maxItems": 200],
        ]).with(shown)
    }

    private var text: String {
        // Words of the vocabulary are spelled as they are.
        let isVocabulary = [.osFamily, .architecture, .visibility, .status, .bootMode].contains(
            self
        )
        let start = isVocabulary ? String(summary.prefix(1)) : summary.prefix(1).uppercased()
        let first = start + summary.dropFirst() + "."
        let rest = detail.map { " \($0)" } ?? ""
        return first + rest + (isRepeatable ? " May be repeated." : "")
    }

    /// Usually written with commas, although repeating works as well where it is allowed.
    private var isCommaList: Bool {
        [.sort, .fields, .latestBy, .facets].contains(self)
    }

    private var isList: Bool { isRepeatable && self != .q || self == .sort }

    private func itemSchema(_ bounds: ListQueryDecoder.Bounds) -> JSONValue {
        switch self {
        case .provider: Self.words(bounds.providers)
        case .osFamily: Self.words(OperatingSystemFamily.self)
        case .architecture: Self.words(Architecture.self)
        case .visibility: Self.words(Visibility.self)
        case .status: Self.words(ImageStatus.self)
        case .bootMode: Self.words(BootMode.self)
        case .createdAfter, .createdBefore, .updatedAfter, .updatedBefore:
            ["type": "string", "format": "date-time"]
        case .minDiskGBMax, .minRAMMBMax:
            ["type": "integer", "minimum": 0, "maximum": .integer(.max)]
        case .sort:
            Self.words(ImageOrder.Field.allCases.flatMap { [$0.rawValue, "-\($0.rawValue)"] })
        case .limit: Self.limit(bounds)
        case .fields: Self.words(FieldSelection.Member.self)
        case .latestBy, .facets: Self.words(ImageField.self)
        case .deadline: ["type": "string", "pattern": "^[1-9][0-9]{0,8}(ms|s|m|h|d)$"]
        case .require: Self.words(["complete"])
        case .explain: ["type": "string", "enum": ["true", "false"], "default": "false"]
        case .region, .upstream, .id, .name, .osDistribution, .osVersion, .tag:
            Self.text("^\(Self.word)(,\(Self.word))*$")
        case .q: Self.text("^[^\\u0000]*[^\\u0000\\s\\u0085][^\\u0000]*$")
        case .cursor: Self.text("^[A-Za-z0-9_-]+$")
        }
    }

    /// A value between commas: not empty, not only blanks, no NUL.
    private static let word = "[^\\u0000,]*[^\\u0000,\\s\\u0085][^\\u0000,]*"

    private static func text(_ pattern: String) -> JSONValue {
        ["type": "string", "minLength": 1, "maxLength": 4096, "pattern": .string(pattern)]
    }

    private static func limit(_ bounds: ListQueryDecoder.Bounds) -> JSONValue {
        ["type": "integer", "minimum": 1, "default": .integer(bounds.pageSize)]
    }

    private static func words(_ words: [String]) -> JSONValue {
        ["type": "string", "enum": .strings(words)]
    }

    private static func words<Word>(_ type: Word.Type) -> JSONValue
    where Word: RawRepresentable<String> & CaseIterable {
        words(type.allCases.map(\.rawValue))
    }
}
