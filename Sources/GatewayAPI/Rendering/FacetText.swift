public import JSONText

/// The counts of an answer's facets in lines for people.
public enum FacetText {
    /// A small table per facet, each behind an empty line; nothing where there are no facets.
    public static func lines(_ facets: JSONValue?) -> [String] {
        (facets?.objectValue ?? []).flatMap { facet in
            let rows = (facet.value.objectValue ?? []).map { member in
                [member.key, member.value.integerValue.map { String($0) } ?? "?"]
            }
            let columns = [
                TableText.Column(facet.key.uppercased()),
                TableText.Column("IMAGES", isRightAligned: true),
            ]
            let table = TableText(columns, sample: rows, width: nil)
            return ["", table.header] + rows.map(table.line)
        }
    }
}
