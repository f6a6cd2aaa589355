import Synchronization

/// The rows of each name, description and label, by token.
///
/// Of a long list they are made with it, where nobody is served; the first search would hold up a loop for as long
/// as that takes. A short one has them from its first search on: most are never searched.
struct SearchedRows: Sendable {
    let names: ValueRows
    let descriptions: ValueRows
    let labels: ValueRows

    init(_ rows: RowColumns, names: Int, descriptions: Int, labels: Int) {
        // Token 0 is no text.
        self.names = ValueRows(tokens: rows.names, tokenCount: names + 1)
        self.descriptions = ValueRows(tokens: rows.descriptions, tokenCount: descriptions + 1)
        self.labels = ValueRows(tokens: rows.labels, tokenCount: labels + 1)
    }
}

extension Snapshot {
    /// Made outside the lock: two loops may both do it, which costs time and nothing else.
    var searchedRows: SearchedRows {
        if let known = searched.withLock({ $0 }) { return known }
        let made = SearchedRows(
            rows,
            names: names.count,
            descriptions: descriptions.count,
            labels: labels.count
        )
        searched.withLock { $0 = made }
        return made
    }
}
