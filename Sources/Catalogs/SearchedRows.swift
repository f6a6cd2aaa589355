import Synchronization

/// The rows of each name, description and label, by token. Made for the first search: most short lists are
/// never searched.
struct SearchedRows: Sendable {
    let names: ValueRows
    let descriptions: ValueRows
    let labels: ValueRows
}

extension Snapshot {
    /// Made outside the lock: two loops may both do it, which costs time and nothing else.
    var searchedRows: SearchedRows {
        if let known = searched.withLock({ $0 }) { return known }
        let made = SearchedRows(
            names: ValueRows(tokens: rows.names, tokenCount: names.count + 1),
            descriptions: ValueRows(
                tokens: rows.descriptions,
                tokenCount: descriptions.count + 1
            ),
            labels: ValueRows(tokens: rows.labels, tokenCount: labels.count + 1)
        )
        searched.withLock { $0 = made }
        return made
    }
}
