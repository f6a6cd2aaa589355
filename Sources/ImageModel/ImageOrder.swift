/// In which order images are listed: terms from the most to the least significant one.
///
/// Unknown values come last whichever way a term runs, and ties end in the global id, ascending and
/// bytewise, so the order is total. Texts compare bytewise over their first `textBytesMax` bytes (a
/// cursor carries them), names lower-cased first, versions numerically by component.
public struct ImageOrder: Sendable, Hashable {
    /// Bytes of a text that take part in the order.
    public static let textBytesMax = 512

    /// Newest first.
    public static let standard = ImageOrder([Term(.createdAt, descending: true)])

    /// No field occurs twice.
    public let terms: [Term]

    public struct Term: Sendable, Hashable {
        public var field: Field
        public var descending: Bool

        public init(_ field: Field, descending: Bool = false) {
            self.field = field
            self.descending = descending
        }

        /// `nil` for a word that is no field.
        fileprivate init?(parsing item: Substring.UTF8View) {
            var word = item
            if item.contains(UInt8(ascii: " ")) {
                word = String(Substring(item)).filter { $0 != " " }[...].utf8
            }
            let descending = word.first == UInt8(ascii: "-")
            let name = descending ? word.dropFirst() : word
            let field = Field.allCases.first { $0.rawValue.utf8.elementsEqual(name) }
            guard let field else { return nil }
            self.init(field, descending: descending)
        }
    }

    /// Raw values are the words of the public API.
    public enum Field: String, Sendable, Hashable, CaseIterable {
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case name
        case distribution = "os_distribution"
        case version = "os_version"
        case provider, region
        case sizeBytes = "size_bytes"
        case minDiskGB = "min_disk_gb"
    }

    /// A word that is no sort field, as it was written.
    public struct UnknownField: Error, Sendable, Hashable, CustomStringConvertible {
        public var name: String

        public init(name: String) {
            self.name = name
        }

        public var description: String {
            let fields = Field.allCases.map(\.rawValue).joined(separator: ", ")
            return "'\(name)' is not a sort field; use \(fields), with '-' in front for descending"
        }
    }

    /// A repeated field keeps its first place, since later ones cannot change the order; no term at all
    /// means `standard`.
    public init(_ terms: [Term]) {
        // A handful of fields: looking is cheaper than a set.
        let distinct = terms.indices.filter { index in
            !terms[..<index].contains { $0.field == terms[index].field }
        }.map { terms[$0] }
        self.terms = distinct.isEmpty ? [Term(.createdAt, descending: true)] : distinct
    }

    /// Reads `-created_at,name`; blanks around a field are ignored. An empty text is `standard`, an empty
    /// item between commas an unknown field.
    public init(parsing text: some StringProtocol) throws(UnknownField) {
        let text = Substring(text)
        if text.isEmpty {
            self.init([])
            return
        }
        var terms: [Term] = []
        var rest = text.utf8
        while true {
            let item = rest.prefix { $0 != UInt8(ascii: ",") }
            guard let term = Term(parsing: item) else {
                throw UnknownField(name: String(Substring(item)))
            }
            terms.append(term)
            if item.endIndex == rest.endIndex { break }
            rest = rest[rest.index(after: item.endIndex)...]
        }
        self.init(terms)
    }

    /// What `init(parsing:)` reads.
    public var text: String {
        terms.map { ($0.descending ? "-" : "") + $0.field.rawValue }.joined(separator: ",")
    }
}
